import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { freePort, startProcess, type TestProcess } from '#tests/program/processes.ts';

const place = await mkdtemp(path.join(os.tmpdir(), 'souk-start-'));
const data = path.join(place, 'data');
const [WEB_PORT, ROUTER_PORT] = [String(await freePort()), String(await freePort())];
const starts: TestProcess[] = [];

/** What `npm start` runs. */
function npmStart(env: Record<string, string> = {}): TestProcess {
  const started = startProcess(
    'npm start',
    process.execPath,
    ['--max-semi-space-size=64', '--import', 'tsx', 'server/start.ts'],
    {
      SOUK_DATA: data,
      WEB_PORT,
      ROUTER_PORT,
      CI: '',
      ...env,
    },
  );
  starts.push(started);
  return started;
}

describe('npm start', () => {
  afterAll(async () => {
    await Promise.all(starts.map((each) => each.stop()));
    await rm(place, { recursive: true, force: true });
  });

  test('opens the shop; a second start is told where it is open; a killed one is taken over; Ctrl-C stops all of it', async () => {
    const first = npmStart();
    await untilOpen(first);
    expect((await (await fetch(`http://localhost:${WEB_PORT}/`)).text()).toLowerCase()).toContain('souk');
    const products = await fetch(`http://localhost:${ROUTER_PORT}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ products { totalCount } }"}',
    });
    expect(await products.json()).toEqual({ data: { products: { totalCount: 115 } } });

    const second = npmStart();
    expect(await second.exit).toBe(1);
    expect(second.output()).toContain(`http://localhost:${WEB_PORT}`);
    expect(second.output()).not.toMatch(/\n\s+at /);

    const postgres = await postmaster();
    first.child.kill('SIGKILL');
    await first.exit;
    expect(await isListening(postgres.port)).toBe(true);
    const third = npmStart();
    await untilOpen(third);
    expect(await postmaster()).toEqual(postgres);

    third.child.kill('SIGINT');
    expect(await third.exit).toBe(0);
    expect(await isListening(postgres.port)).toBe(false);
    await expect(fetch(`http://localhost:${WEB_PORT}/`)).rejects.toThrow();
    await expect(fetch(`http://localhost:${ROUTER_PORT}/`)).rejects.toThrow();
  }, 240_000);

  test.each([
    ['a wrong variable', { WEB_PORT: 'abc' }, 'WEB_PORT is "abc": set it to'],
    ['a folder that is not ours', { SOUK_DATA: os.tmpdir() }, os.tmpdir()],
    ['one port twice', { WEB_PORT: ROUTER_PORT }, `WEB_PORT and ROUTER_PORT are both ${ROUTER_PORT}`],
  ])('%s is one clear sentence', async (_what, env, sentence) => {
    const started = npmStart(env);
    expect(await started.exit).toBe(1);
    expect(started.output()).toContain(sentence);
    expect(started.output()).not.toMatch(/\n\s+at /);
  });
});

async function untilOpen(start: TestProcess): Promise<void> {
  await expect.poll(() => start.output(), { timeout: 150_000, interval: 100 }).toContain('Souk is open');
}

/** Lines one and four of postmaster.pid. */
async function postmaster(): Promise<{ pid: number; port: number }> {
  const lines = (await readFile(path.join(data, 'postgres', 'postmaster.pid'), 'utf8')).split('\n');
  return { pid: Number(lines[0]), port: Number(lines[3]) };
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  return once(socket, 'connect')
    .then(
      () => true,
      () => false,
    )
    .finally(() => socket.destroy());
}
