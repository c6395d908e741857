import { setTimeout as sleep } from 'node:timers/promises';
import { inProject } from '#platform/config/root.ts';
import { startThrowawayPostgres } from '#server/embedded-postgres.ts';
import { SUBGRAPH_NAMES } from '#subgraphs/subgraphs.ts';
import { apiClient } from '#tests/program/api-client.ts';
import { createProgramDatabases, type ProgramDatabases } from '#tests/program/databases.ts';
import type { TestProcess } from '#tests/program/processes.ts';
import { type Program, type ShapeName, startProgram } from '#tests/program/program.ts';
import { signIn, variantsInStock } from '#tests/program/shopper.ts';
import { startTestRedis } from '#tests/test-redis.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import type { Random } from './random.ts';
import { openStripe, type StripeWorld } from './stripe-world.ts';

/** A shop to break: the program as child processes, and a proxy before everything that it stands on. */
export interface World {
  readonly shape: ShapeName;
  readonly program: Program;
  /** Straight to Postgres, past the proxy. */
  readonly databases: ProgramDatabases;
  readonly postgres: FaultProxy;
  readonly redis: { readonly proxy: FaultProxy; flush(): Promise<void> } | null;
  /** Who takes the money, where that is not the program's own test provider. */
  readonly stripe: StripeWorld | null;
  /** What can be killed: `all`, or the router and each subgraph. */
  readonly parts: readonly string[];
  /** A few variants that everybody wants. */
  readonly variants: readonly string[];
  staffToken(): Promise<string>;
  /** Goods come in, so that a long run does not end in front of empty shelves; as few as may sell out in a round. */
  restock(random: Random, staffToken: string): Promise<void>;
  /** Ends a part's process so and starts it again; without a signal it is started where it has ended by itself. */
  restart(part: string, how: Restart): Promise<void>;
  /** What ended though no fault ended it, and the last that it said; who tells of it takes it out. */
  readonly endedByThemselves: string[];
  /** Crash points that a process came by, and ended; who tells of one takes it out. */
  readonly crashed: string[];
  /** Networks are well, every part runs and without a crash point. */
  heal(): Promise<void>;
  close(): Promise<void>;
}

/** What the program stands on, besides Postgres. */
export interface Ground {
  readonly shape: ShapeName;
  readonly redis: boolean;
  readonly provider: 'test' | 'stripe';
}

export interface Restart {
  readonly signal?: 'SIGKILL' | 'SIGTERM';
  readonly env?: Readonly<Record<string, string>>;
}

/** Short leases and quick carriers, so that a round is over within seconds; a parcel waits half a second, for an edit to come in time. */
const QUICK = {
  CHECKOUT_LEASE_MS: '1500',
  PAYMENT_DEADLINE_MS: '1200',
  CARRIER_SPEED: '8',
  OUTBOX_AGAIN_MS: '3000',
  JOB_LOCK_MS: '3000',
  PAYMENT_DUE_MS: '4000',
  ORDER_EDIT_DUE_MS: '4000',
  SAGA_RETRY_MS: '100',
  SAGA_RETRY_MOST_MS: '1000',
};

export async function openWorld(ground: Ground, say: (line: string) => void): Promise<World> {
  const { shape } = ground;
  const undo: (() => Promise<unknown>)[] = [];
  const filesDir = inProject('build', 'test-files');
  // It crashes, the machine does not: what was committed must have left its memory, and need not be on the disk.
  const server = await startThrowawayPostgres({ max_connections: 500, synchronous_commit: 'on' });
  undo.push(() => server.stop());
  const postgres = await startFaultProxy({ host: '127.0.0.1', port: Number(new URL(server.url('postgres')).port) });
  undo.push(() => postgres.close());
  const redis = ground.redis ? await openRedis(undo) : null;
  const stripe = ground.provider === 'stripe' ? await openStripe() : null;
  undo.push(async () => stripe?.close());

  say('Filling a shop…');
  const databases = await createProgramDatabases(server.url('postgres'));
  const filler = await startProgram({ shape: 'all', databases, filesDir, env: { DEMO_SHOP: '1', ROLE: 'api' } });
  await filler.stop();

  say('Starting it…');
  const proxied = Object.fromEntries(
    Object.entries(databases.env).map(([name, url]) => [name, through(url, postgres)]),
  );
  const program = await startProgram({
    shape,
    databases: { ...databases, env: proxied },
    redisUrl: redis?.url,
    filesDir,
    env: { ...QUICK, ...stripe?.env, LOG_LEVEL: 'error' },
  });
  stripe?.announceTo(program.routerUrl);
  undo.push(() => program.stop());
  const api = apiClient(program.routerUrl);
  const variants = (await variantsInStock(api, 40)).slice(0, 6).map(({ id }) => id);

  const parts = shape === 'all' ? ['all'] : ['router', ...SUBGRAPH_NAMES];
  /** Parts whose process is not as it should be: it was started with other variables, or ended. */
  const odd = new Set<string>();
  const turns = new Map<string, Promise<void>>();
  const endedByThemselves: string[] = [];
  const stopped = new WeakSet<TestProcess>();
  /** A fault ends a process by a signal; one that ends with a code of its own could not bear what happened. */
  const watch = (part: string, running: TestProcess) =>
    void running.exit.then((how) => {
      if (typeof how === 'number' && !stopped.has(running))
        endedByThemselves.push(`${part} ended by itself with ${how}: ${running.output().slice(-1_500)}`);
    });
  for (const part of parts) watch(part, program.process(part));
  // One restart of a part at a time; the next begins where the last ended.
  const inTurn = (part: string, deed: () => Promise<void>) => {
    const turn = (turns.get(part) ?? Promise.resolve()).catch(() => undefined).then(deed);
    turns.set(part, turn);
    return turn;
  };
  const restart = (part: string, { signal, env }: Restart) =>
    inTurn(part, async () => {
      const running = program.process(part);
      if (signal) {
        stopped.add(running);
        await running.stop(signal);
      }
      // Another fault ended it as well, and has started it again: two of them would fight for one port.
      else if (await isRunning(running)) return;
      odd.add(part);
      await program.start(part, env).then(
        (started) => watch(part, started),
        () => undefined,
      );
      if (!env) odd.delete(part);
    });

  return {
    shape,
    program,
    databases,
    postgres,
    redis,
    stripe,
    parts,
    variants,
    staffToken: () => signIn(api, 'admin@souk.test'),
    async restock(random, staffToken) {
      const staff = apiClient(program.routerUrl, staffToken);
      for (const variantId of variants) {
        const { stockSet } = await staff.ask<{ stockSet: { userErrors: { code: string }[] } }>(
          'mutation($input: StockSetInput!) { stockSet(input: $input) { userErrors { code } } }',
          { input: { variantId, onHand: random.int(2, 60) } },
        );
        const refusal = stockSet.userErrors[0]?.code;
        // What orders of the last round still hold stays on the shelf.
        if (refusal && refusal !== 'BELOW_RESERVED') throw new Error(`Goods did not come in: ${refusal}`);
      }
    },
    restart,
    endedByThemselves,
    crashed: [],
    async heal() {
      postgres.heal();
      redis?.proxy.heal();
      stripe?.heal();
      await Promise.all([...turns.values()]);
      for (const part of parts) {
        if (odd.has(part) || !(await isRunning(program.process(part)))) await restart(part, { signal: 'SIGKILL' });
      }
    },
    async close() {
      for (const each of undo.reverse()) await each().catch((reason) => say(String(reason)));
    },
  };
}

const isRunning = ({ exit }: TestProcess) => Promise.race([exit.then(() => false), sleep(0, true)]);

async function openRedis(undo: (() => Promise<unknown>)[]) {
  const server = await startTestRedis();
  undo.push(() => server.stop());
  const { hostname, port } = new URL(server.url);
  const proxy = await startFaultProxy({ host: hostname, port: Number(port) });
  undo.push(() => proxy.close());
  return { proxy, url: `redis://127.0.0.1:${proxy.port}`, flush: server.flush };
}

function through(url: string, proxy: FaultProxy): string {
  const result = new URL(url);
  result.hostname = '127.0.0.1';
  result.port = String(proxy.port);
  return result.href;
}
