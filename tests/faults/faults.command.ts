import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { type RoundResult, runRound } from './round.ts';
import { type Ground, openWorld } from './world.ts';

/** `npm run test:faults -- --rounds 20 --seed 1 --shape split --redis --provider stripe`: seeds from `--seed` on, one a round. */
const USAGE =
  'Usage: npm run test:faults -- [--rounds 20] [--seed 1] [--shape all|split] [--redis] [--provider test|stripe]\nRun npm run build first.\n';
const values = readOptions();
const rounds = Number(values.rounds);
const first = Number(values.seed);
const { shape, redis, provider } = values as Ground;
const known = ['all', 'split'].includes(shape) && ['test', 'stripe'].includes(provider);
if (!(rounds > 0) || !Number.isInteger(first) || !known) refuse(USAGE);

const say = (line: string) => void process.stdout.write(`${line}\n`);
let stopped = false;
process.once('SIGINT', () => {
  stopped = true;
  say('Stopping after this round…');
});

const world = await openWorld({ shape, redis, provider }, say);
const results: RoundResult[] = [];
try {
  for (let seed = first; seed < first + rounds && !stopped; seed++) {
    const result = await runRound(world, seed);
    results.push(result);
    say(rowOf(result));
    for (const sentence of result.broken) say(`        ${sentence}`);
  }
} finally {
  await world.close();
}
summarize();

function rowOf({ seed, faults, counts, broken, seconds }: RoundResult): string {
  const outcomes = Object.entries(counts).map(([what, times]) => `${what} ${times}`);
  const verdict = broken.length === 0 ? 'passed' : 'BROKEN';
  return [
    String(seed).padStart(6),
    verdict,
    `${seconds.toFixed(1)} s`.padStart(7),
    faults.join(' + '),
    outcomes.join(', '),
  ].join(' │ ');
}

function summarize(): void {
  const broken = results.filter((result) => result.broken.length > 0);
  const kinds = new Map<string, number>();
  const outcomes = new Map<string, number>();
  const crashed = new Map<string, number>();
  const add = (map: Map<string, number>, key: string, times = 1) => map.set(key, (map.get(key) ?? 0) + times);
  for (const { faults, counts, crashed: points } of results) {
    for (const point of points) add(crashed, point);
    for (const fault of faults) add(kinds, fault.slice(0, fault.indexOf(':')));
    for (const [what, times] of Object.entries(counts)) add(outcomes, what, times);
  }
  const table = (map: Map<string, number>) =>
    [...map]
      .sort(([, a], [, b]) => b - a)
      .map(([key, times]) => `  ${String(times).padStart(6)}  ${key}`)
      .join('\n');
  say(
    `\nFaults\n${table(kinds)}\nCrash points that went off\n${table(crashed)}\nWhat shoppers were told\n${table(outcomes)}`,
  );
  const here = `--shape ${shape}${redis ? ' --redis' : ''} --provider ${provider}`;
  say(
    `\n${results.length - broken.length} of ${results.length} rounds passed, seeds ${first} to ${first + results.length - 1}.`,
  );
  if (broken.length > 0) {
    say(`Again: npm run test:faults -- --rounds 1 --seed ${broken[0]!.seed} ${here}`);
    process.exitCode = 1;
  } else if (results.length > 0) {
    say(`Go on: npm run test:faults -- --rounds ${rounds} --seed ${first + results.length} ${here}`);
  }
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        rounds: { type: 'string', default: '20' },
        seed: { type: 'string', default: '1' },
        shape: { type: 'string', default: 'all' },
        redis: { type: 'boolean', default: false },
        provider: { type: 'string', default: 'test' },
      },
    }).values;
  } catch (reason) {
    return refuse(`${(reason as Error).message}\n${USAGE}`);
  }
}

function refuse(why: string): never {
  process.stderr.write(why);
  process.exit(1);
}
