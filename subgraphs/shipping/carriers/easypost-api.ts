import { setTimeout as sleep } from 'node:timers/promises';
import type { EasyPostAccount } from '../config.ts';
import { CarrierTrouble } from './carrier.ts';

/** How often a question that changes nothing is asked within one errand; what changes something waits for the next. */
const TRIES = 3;
const PAUSE_MS = 200;
const MOST_BYTES = 5_000_000;

export interface EasyPostApi {
  /** Null where EasyPost knows no such thing. */
  get<Answer>(path: string): Promise<Answer | null>;
  found<Answer>(path: string): Promise<Answer>;
  post<Answer>(path: string, body: object): Promise<Answer>;
}

/** EasyPost's REST API: the key as the user of HTTP Basic, JSON both ways, https://docs.easypost.com/docs/authentication. */
export function easyPostApi({ apiKey, url, deadlineMs }: EasyPostAccount): EasyPostApi {
  const authorization = `Basic ${Buffer.from(`${apiKey}:`).toString('base64')}`;
  const ask = async (method: string, path: string, body?: object): Promise<unknown> => {
    const response = await withinDeadline(deadlineMs, (signal) =>
      fetch(`${url}${path}`, {
        ...{ method, signal, redirect: 'error' },
        headers: { authorization, accept: 'application/json', ...(body ? { 'content-type': 'application/json' } : {}) },
        ...(body ? { body: JSON.stringify(body) } : {}),
      }).then(async (answer) => ({ status: answer.status, text: (await bytesOf(answer)).toString() })),
    );
    if (response.status === 404) return null;
    if (response.status >= 200 && response.status < 300) return JSON.parse(response.text);
    throw new EasyPostRefusal(response.status, wordsOf(response.text));
  };
  const get = async (path: string, tries = TRIES): Promise<unknown> => {
    try {
      return await ask('GET', path);
    } catch (reason) {
      const isFinal = reason instanceof EasyPostRefusal && reason.status < 500 && reason.status !== 429;
      if (tries === 1 || isFinal) throw reason;
      await sleep(PAUSE_MS * (0.5 + Math.random()));
      return get(path, tries - 1);
    }
  };
  const found = async (answer: Promise<unknown>, path: string) => {
    const value = await answer;
    if (value === null) throw new CarrierTrouble(`EasyPost does not know ${path}.`);
    return value;
  };
  return {
    get: <Answer>(path: string) => get(path) as Promise<Answer | null>,
    found: <Answer>(path: string) => found(get(path), path) as Promise<Answer>,
    post: <Answer>(path: string, body: object) => found(ask('POST', path, body), path) as Promise<Answer>,
  };
}

/** A file that EasyPost names by its address, e.g. a label: never over a way that others can read. */
export async function fetchFile(address: string, deadlineMs: number): Promise<Buffer> {
  const { protocol, hostname } = new URL(address);
  if (protocol !== 'https:' && hostname !== '127.0.0.1')
    throw new CarrierTrouble('The label is not at an https address.');
  return withinDeadline(deadlineMs, async (signal) => {
    const response = await fetch(address, { signal });
    if (!response.ok) throw new CarrierTrouble(`The label could not be fetched: ${response.status}.`);
    return bytesOf(response);
  });
}

class EasyPostRefusal extends CarrierTrouble {
  readonly status: number;

  constructor(status: number, words: string) {
    super(`EasyPost answered ${status}: ${words}`);
    this.status = status;
  }
}

async function withinDeadline<Answer>(
  deadlineMs: number,
  ask: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await ask(AbortSignal.timeout(deadlineMs));
  } catch (reason) {
    if (reason instanceof CarrierTrouble) throw reason;
    const late = reason instanceof DOMException && reason.name === 'TimeoutError';
    const words = late ? `did not answer within ${deadlineMs} ms` : 'could not be reached';
    throw new CarrierTrouble(`EasyPost ${words}.`, { cause: reason });
  }
}

async function bytesOf(response: Response): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.length;
    if (bytes > MOST_BYTES) throw new CarrierTrouble('EasyPost answered more than 5 MB.');
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** `{ error: { code, message } }`, where the message may be a list. */
function wordsOf(text: string): string {
  try {
    const { error } = JSON.parse(text) as { error?: { message?: unknown } };
    return [error?.message ?? 'no reason given'].flat().join(' ').slice(0, 300);
  } catch {
    return 'no reason given';
  }
}
