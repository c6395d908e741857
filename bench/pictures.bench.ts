import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { Pool } from 'undici';
import { IMAGE_FORMATS } from '#platform/files/image-url.ts';
import { localFileStore } from '#platform/files/local-file-store.ts';
import { readPicture } from '#platform/files/read-picture.ts';
import { cpuMs } from './cpu.ts';
import { closedLoop, percentile } from './load.ts';
import { row } from './report.ts';
import { startNode } from './router/processes.ts';

const CONNECTIONS = 50;
const PICTURES = 40;

/** Pictures as shoppers ask for them: from memory, from the disk, and beside an answer that node:http knows by heart. */
export async function benchPictures(seconds: number, firstPort: number): Promise<void> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'souk-bench-pictures-'));
  try {
    const photograph = await sharp({
      create: {
        width: 3000,
        height: 2000,
        channels: 3,
        background: '#777',
        noise: { type: 'gaussian', mean: 120, sigma: 30 },
      },
    })
      .blur(1.5)
      .jpeg({ quality: 92 })
      .toBuffer();
    const began = { at: performance.now(), cpu: process.cpuUsage() };
    const { content } = await readPicture(photograph);
    const used = process.cpuUsage(began.cpu);
    row(`taking a photograph of 6 megapixels, ${Math.round(photograph.length / 1000)} kB`, {
      ms: Math.round(performance.now() - began.at),
      'CPU ms': Math.round((used.user + used.system) / 1000),
    });
    const store = localFileStore(folder);
    const keys = Array.from({ length: PICTURES }, (_, n) => `goods/picture-${n}.webp`);
    for (const key of keys) await store.put(key, content);

    const server = async (memory: string | number, port: number, canned = 0) => {
      process.env.CANNED_BYTES = String(canned);
      return await startNode(
        ['--import', 'tsx', 'bench/pictures.process.ts', folder, String(memory), String(port)],
        port,
      );
    };
    const fromMemory = await server(64 << 20, firstPort);
    const asked = `?w=480&f=webp`;
    for (const format of IMAGE_FORMATS) await make(firstPort, fromMemory.pid, keys, `?w=480&f=${format}`, format);
    const bytes = await sizeOf(firstPort, `/files/${keys[0]}${asked}`);
    const fromDisk = await server(0, firstPort + 1);
    const canned = await server('canned', firstPort + 2, bytes);
    for (const [name, { pid }, port] of [
      ['from memory', fromMemory, firstPort],
      ['from the disk', fromDisk, firstPort + 1],
      ['canned', canned, firstPort + 2],
    ] as const)
      await serve(
        `${name}, ${Math.round(bytes / 100) / 10} kB`,
        pid,
        port,
        (n) => `/files/${keys[n % PICTURES]}${asked}`,
        seconds,
      );
    for (const each of [fromMemory, fromDisk, canned]) await each.stop();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function sizeOf(port: number, address: string): Promise<number> {
  return (await (await fetch(`http://127.0.0.1:${port}${address}`)).arrayBuffer()).byteLength;
}

/** Each picture once, for the first time. */
async function make(port: number, pid: number, keys: readonly string[], query: string, format: string): Promise<void> {
  const before = cpuMs(pid);
  const began = performance.now();
  await Promise.all(keys.map((key) => sizeOf(port, `/files/${key}${query}`)));
  row(`making 480 px in ${format}`, {
    'a second': (keys.length * 1_000) / (performance.now() - began),
    'CPU ms each': ((cpuMs(pid) - before) / keys.length).toFixed(1),
  });
}

async function serve(
  name: string,
  pid: number,
  port: number,
  path: (n: number) => string,
  seconds: number,
): Promise<void> {
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: CONNECTIONS });
  let n = 0;
  const ask = async (): Promise<undefined> => {
    const { statusCode, body } = await pool.request({ path: path(n++), method: 'GET' });
    await body.arrayBuffer();
    if (statusCode !== 200) throw new Error(`${statusCode}`);
  };
  await closedLoop(CONNECTIONS, 1, ask);
  const before = cpuMs(pid);
  const { done, seconds: took, latencies } = await closedLoop(CONNECTIONS, seconds, ask);
  row(name, {
    'a second': done / took,
    'CPU ms each': ((cpuMs(pid) - before) / done).toFixed(4),
    p99: percentile(latencies, 0.99),
  });
  await pool.destroy();
}
