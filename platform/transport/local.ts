import type { ExecutionResult } from 'graphql';
import {
  type ExecutableSubgraph,
  type SubgraphExecutor,
  subgraphExecutor,
} from '#platform/graphql/subgraph-executor.ts';
import { inSpan } from '#platform/telemetry/traces.ts';
import { type Sink, type SubgraphTransport, SubgraphUnavailable } from './transport.ts';

/**
 * Subgraphs of this process: no HTTP, no serialization. Each execution makes its own result, and each subscription
 * its own events, so the caller may change them.
 */
export function localTransport(subgraphs: Readonly<Record<string, ExecutableSubgraph>>): SubgraphTransport {
  const executors = new Map<string, SubgraphExecutor>();
  const live = new Set<() => void>();

  const executorOf = (name: string): SubgraphExecutor => {
    let executor = executors.get(name);
    if (!executor) {
      const subgraph = subgraphs[name];
      if (!subgraph) throw new SubgraphUnavailable(name, 'it does not run in this process');
      executor = subgraphExecutor(subgraph);
      executors.set(name, executor);
    }
    return executor;
  };

  return {
    async query(subgraph, request, identity) {
      const executor = executorOf(subgraph);
      return inSpan(`subgraph ${subgraph}`, {}, () => executor.execute(request, identity));
    },

    subscribe(subgraph, request, identity, sink) {
      const stop = pump(async () => executorOf(subgraph).subscribe(request, identity), {
        next: (event) => sink.next(event),
        error: (reason) => {
          live.delete(stop);
          sink.error(reason);
        },
        complete: () => {
          live.delete(stop);
          sink.complete();
        },
      });
      live.add(stop);
      return () => {
        live.delete(stop);
        stop();
      };
    },

    async close() {
      for (const stop of [...live]) stop();
      live.clear();
    },
  };
}

type Opened = ExecutionResult | AsyncIterableIterator<ExecutionResult>;

/** Pushes events into the sink until one side ends; the returned function is silent and may be called twice. */
function pump(open: () => Promise<Opened>, sink: Sink<ExecutionResult>): () => void {
  let stopped = false;
  let events: AsyncIterableIterator<ExecutionResult> | undefined;

  const run = async () => {
    const opened = await open();
    if (!(Symbol.asyncIterator in opened)) {
      if (!stopped) sink.next(opened);
    } else {
      events = opened;
      if (stopped) return void (await opened.return?.());
      for await (const event of opened) {
        if (stopped) return;
        sink.next(event);
      }
    }
    if (stopped) return;
    stopped = true;
    sink.complete();
  };

  run().catch((reason: unknown) => {
    if (stopped) return;
    stopped = true;
    sink.error(reason);
  });

  return () => {
    if (stopped) return;
    stopped = true;
    // A source that fails while it is given up has nobody left to tell.
    events?.return?.()?.catch(() => undefined);
  };
}
