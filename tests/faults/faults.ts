import { setTimeout as sleep } from 'node:timers/promises';
import { inProject } from '#platform/config/root.ts';
import type { Deed } from './after-sale.ts';
import { crashPoints } from './crash-points.ts';
import type { Random } from './random.ts';
import { answersAmiss, webhooksAmiss } from './stripe-faults.ts';
import type { World } from './world.ts';

/** One thing that goes wrong: what it says of itself, and how it is done while clients are at work. */
export interface Fault {
  readonly kind: string;
  readonly detail: string;
  /** What shoppers should do a lot for it to matter. */
  readonly favors?: Deed;
  inject(world: World): Promise<void>;
}

/** How each kind of fault is drawn; what a world has not is not drawn. */
export type Draw = (random: Random, world: World) => Fault;

const kill: Draw = (random, { parts }) => {
  const part = random.pick(parts);
  const after = random.int(100, 2_000);
  return {
    kind: 'SIGKILL',
    detail: `${part} after ${after} ms`,
    async inject(world) {
      await sleep(after);
      await world.restart(part, { signal: 'SIGKILL' });
    },
  };
};

const terminate: Draw = (random, { parts }) => {
  const part = random.pick(parts);
  const after = random.int(100, 2_000);
  return {
    kind: 'SIGTERM',
    detail: `${part} after ${after} ms`,
    async inject(world) {
      await sleep(after);
      await world.restart(part, { signal: 'SIGTERM' });
    },
  };
};

/** The sagas that do not begin with a purchase, and what begins them. */
const DEED_OF: Readonly<Record<string, Deed>> = {
  cancel: 'cancel',
  edit: 'edit',
  refund: 'refund',
  restock: 'return',
};

/** How long a process with a crash point is left at work: for a return a parcel must arrive first. */
const PASSED_MS = 3_000;
const DELIVERED_MS = 8_000;

/** The process kills itself at a point; should nobody pass there, it is started anew when the round heals. */
const crash: Draw = (random, { shape }) => {
  const { point, part } = random.pick(crashPoints);
  const holder = shape === 'all' ? 'all' : part;
  const deed = DEED_OF[point.slice(0, point.indexOf('.'))];
  return {
    kind: 'crash point',
    detail: point,
    ...(deed && { favors: deed }),
    async inject(world) {
      await world.restart(holder, { signal: 'SIGTERM', env: { CRASH_AT: point } });
      const ended = await Promise.race([
        world.program.process(holder).exit,
        sleep(deed === 'return' ? DELIVERED_MS : PASSED_MS, null),
      ]);
      if (ended === null) return;
      if (ended === 'SIGKILL') world.crashed.push(point);
      await world.restart(holder, {});
    },
  };
};

/** A process whose clock is minutes off, until the round heals. */
const clock: Draw = (random, { parts }) => {
  const part = random.pick(parts);
  const shift = random.pick([-1, 1]) * random.int(20, 600) * 1_000;
  return {
    kind: 'clock',
    detail: `${part} by ${shift / 1_000} s`,
    async inject(world) {
      const preload = `--import=${inProject('tests/faults/clock-shift.mjs')}`;
      await world.restart(part, {
        signal: 'SIGTERM',
        env: { NODE_OPTIONS: preload, CLOCK_SHIFT_MS: String(shift) },
      });
    },
  };
};

const network =
  (where: 'postgres' | 'redis' | 'stripe', how: 'delay' | 'cut' | 'freeze'): Draw =>
  (random) => {
    const after = random.int(0, 1_500);
    const lasts = how === 'delay' ? random.int(500, 2_500) : random.int(100, 2_500);
    const ms = random.int(5, 80);
    return {
      kind: `${where} ${how}`,
      detail: `${how === 'delay' ? `by ${ms} ms ` : ''}after ${after} ms for ${lasts} ms`,
      async inject(world) {
        const proxy = where === 'postgres' ? world.postgres : world[where]!.proxy;
        await sleep(after);
        proxy[how](ms);
        await sleep(lasts);
        proxy.heal();
      },
    };
  };

/** One of its processes is killed: Postgres ends all others, and recovers from its log. */
const postgresCrash: Draw = (random) => {
  const after = random.int(100, 2_000);
  return {
    kind: 'postgres crash',
    detail: `after ${after} ms`,
    async inject({ databases }) {
      await sleep(after);
      const [backend] = await databases
        .query<{ pid: number }>(
          'orders',
          "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() LIMIT 1",
        )
        .catch(() => []);
      if (backend) process.kill(backend.pid, 'SIGKILL');
    },
  };
};

const redisFlush: Draw = (random) => {
  const after = random.int(100, 2_000);
  return {
    kind: 'redis flush',
    detail: `after ${after} ms`,
    async inject(world) {
      await sleep(after);
      await world.redis?.flush();
    },
  };
};

const ALWAYS: readonly Draw[] = [
  crash,
  crash,
  crash,
  kill,
  kill,
  terminate,
  clock,
  network('postgres', 'delay'),
  network('postgres', 'cut'),
  network('postgres', 'freeze'),
  postgresCrash,
];
const WITH_REDIS: readonly Draw[] = [
  network('redis', 'delay'),
  network('redis', 'cut'),
  network('redis', 'freeze'),
  redisFlush,
];

const WITH_STRIPE: readonly Draw[] = [
  network('stripe', 'delay'),
  network('stripe', 'cut'),
  network('stripe', 'freeze'),
  answersAmiss,
  answersAmiss,
  answersAmiss,
  webhooksAmiss,
  webhooksAmiss,
];

/** One to three faults, at the same time; where Stripe takes the money, one more that is Stripe's. */
export function drawFaults(random: Random, world: World): Fault[] {
  const draws = world.redis ? [...ALWAYS, ...WITH_REDIS] : ALWAYS;
  const anywhere = Array.from({ length: random.int(1, 3) }, () => random.pick(draws)(random.fork(), world));
  return world.stripe ? [random.pick(WITH_STRIPE)(random.fork(), world), ...anywhere] : anywhere;
}
