import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { relative } from 'node:path';
import { createInterface } from 'node:readline';
import { inProject } from '#platform/config/root.ts';
import { isCi } from './run.config.ts';

/** `npm test`: everything that must hold, turn by turn; goes on after a failed step and fails at the end. */
interface Step {
  readonly name: string;
  /** Put before its lines where another step speaks at the same time. */
  readonly tag?: string;
  readonly command: readonly [string, ...string[]];
  readonly env?: Readonly<Record<string, string>>;
  /** A vitest run: its results are counted. */
  readonly vitest?: true;
  /** Nothing after it makes sense when it fails. */
  readonly needed?: true;
}

/** What of vitest's JSON report is read. */
interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

const node = (...args: string[]) => [process.execPath, '--import', 'tsx', ...args] as [string, ...string[]];
const bin = (name: string, ...args: string[]) =>
  [inProject('node_modules/.bin', name), ...args] as [string, ...string[]];

const wholeProgram = (env: Record<string, string>) =>
  ({ command: bin('vitest', 'run', '--config', 'tests/e2e/vitest.config.ts'), env, vitest: true }) as const;

/** One turn after the other; the steps of a turn go on at once. */
const TURNS: (readonly Step[])[] = [
  [{ name: 'Build', command: node('server/build.ts'), needed: true }],
  [{ name: 'Style', command: bin('biome', 'check', '.') }],
  [{ name: 'Types', command: bin('tsc', '--noEmit') }],
  [{ name: 'Types of the storefront', command: bin('tsc', '-p', 'web', '--noEmit') }],
  [{ name: 'Schemas and supergraph are as printed', command: node('server/schema.command.ts', '--check') }],
  [{ name: 'Databases and migrations agree', command: node('prisma/db.command.ts', 'check') }],
  [{ name: 'Unit and integration', command: bin('vitest', 'run'), vitest: true }],
  // They mostly wait, for parcels, leases and processes that start: together they take little longer than one alone.
  [
    { name: 'Whole program, all in one, on Postgres', tag: 'all  ', ...wholeProgram({ SHAPE: 'all' }) },
    { name: 'Whole program, split, on Redis', tag: 'split', ...wholeProgram({ SHAPE: 'split', WITH_REDIS: '1' }) },
  ],
];

const REPORTS = inProject('tests/artifacts');
const counts = { passed: 0, failed: 0, skipped: 0 };
/** Told again at the end: who sees only the last lines of a long run sees what to mend. */
const failures: string[] = [];
/** Tests that passed when they were tried again, and why they had to be. */
const wavered: string[] = [];
const failed: string[] = [];
const began = performance.now();

await rm(REPORTS, { recursive: true, force: true });
await mkdir(REPORTS, { recursive: true });
const wanted = process.argv[2]?.toLowerCase();
const isWanted = ({ name, needed }: Step) => !wanted || needed || name.toLowerCase().includes(wanted);
for (const turn of TURNS) {
  const steps = turn.filter(isWanted);
  const passed = await Promise.all(steps.map((step) => take(step, steps.length > 1)));
  if (steps.some(({ needed }, i) => needed && !passed[i])) break;
}

// A test that is skipped for a missing part proves nothing: where everything is installed that is a failure.
if (isCi && counts.skipped > 0) failed.push(`${counts.skipped} tests were skipped`);
say(`\n${failed.length === 0 ? 'Everything holds' : `Failed: ${failed.join('; ')}`}, after ${seconds(began)}.`);
for (const each of wavered) say(`\n~ Passed when it was tried again: ${each}`);
for (const failure of failures) say(`\n✗ ${failure}`);
if (failed.length > 0)
  say('Run one step again with `npm test -- <part of its name>`, one file with `npx vitest run <file>`.');
say(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = failed.length === 0 ? 0 : 1;

async function take(step: Step, amongOthers: boolean): Promise<boolean> {
  say(`\n── ${step.name}`);
  const started = performance.now();
  const report = `${REPORTS}/${step.name.replaceAll(/\W+/g, '-').toLowerCase()}.json`;
  const ok = await run(step, report, amongOthers ? `${step.tag} │ ` : null);
  if (step.vitest) await count(report);
  say(`── ${step.name}: ${ok ? 'passed' : 'FAILED'} in ${seconds(started)}`);
  if (!ok) failed.push(step.name);
  return ok;
}

function run({ command: [program, ...args], env, vitest }: Step, report: string, tag: string | null): Promise<boolean> {
  const reporters = vitest ? ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`] : [];
  const out = tag === null ? 'inherit' : 'pipe';
  const child = spawn(program, [...args, ...reporters], {
    cwd: inProject(),
    env: { ...process.env, ...env },
    stdio: ['ignore', out, out],
  });
  for (const output of [child.stdout, child.stderr]) {
    if (output) createInterface(output).on('line', (line) => say(`${tag}${line}`));
  }
  return new Promise((resolve) => child.once('close', (code) => resolve(code === 0)));
}

async function count(report: string): Promise<void> {
  const text = await readFile(report, 'utf8').catch(() => null);
  if (!text) return;
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(text) as Report;
  counts.passed += numPassedTests;
  counts.failed += numFailedTests;
  counts.skipped += numPendingTests;
  for (const { name, status, message, assertionResults } of testResults) {
    const file = relative(inProject(), name);
    const failing = assertionResults.filter((test) => test.failureMessages.length > 0);
    for (const test of failing) {
      const told = `${file} > ${test.fullName}\n${test.failureMessages.join('\n')}`;
      (test.status === 'failed' ? failures : wavered).push(told);
    }
    // A file that cannot be loaded, or whose beforeAll fails, fails without a test that does.
    if (status === 'failed' && !failing.some((test) => test.status === 'failed')) failures.push(`${file}\n${message}`);
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1_000).toFixed(1)} s`;
}
