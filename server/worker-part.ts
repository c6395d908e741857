import type { Viewer } from '#platform/auth/viewer.ts';
import { Context } from '#platform/graphql/context.ts';
import { startListener } from '#platform/outbox/listener.ts';
import { startRelay } from '#platform/outbox/relay.ts';
import { Reports } from '#platform/outbox/reports.ts';
import { startSweepingHandled } from '#platform/outbox/sweep-handled.ts';
import { processQueues } from '#platform/queue/open-queues.ts';
import type { Running, Subgraph } from '#platform/subgraph/subgraph.ts';
import type { SubgraphTransport } from '#platform/transport/transport.ts';

/** Runs what happens without a request: relays, listeners and sweepers of the subgraphs given. */
export async function startWorker(subgraphs: readonly Subgraph[], transport: SubgraphTransport): Promise<Running> {
  const queues = await processQueues();
  const running: Running[] = [];
  const reports: Reports[] = [];
  for (const subgraph of subgraphs) {
    const contextFor = (viewer: Viewer | null) =>
      new Context(subgraph.name, transport, { viewer, caller: subgraph.name });
    const reported = new Reports(() => contextFor(null));
    reports.push(reported);
    if (subgraph.listeners.length > 0) running.push(startSweepingHandled(subgraph.database));
    if (subgraph.announces) running.push(startRelay(subgraph.database, queues));
    running.push(...(subgraph.startWork?.(contextFor) ?? []));
    await Promise.all(
      subgraph.listeners.map((listener) =>
        startListener(listener, queues, () => contextFor(null), reported, subgraph.urgency),
      ),
    );
  }
  return {
    async stop() {
      await Promise.all(running.map((each) => each.stop()));
      await queues.stopWork();
      await Promise.all(reports.map((each) => each.flush()));
    },
  };
}
