import type { Dispatcher, Pool } from 'undici';
import { TooLong, unpack } from './content-coding.ts';
import type { Deadline } from './deadline.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export interface HttpQuestion {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/**
 * One POST, whole answer. undici's `dispatch` and not its `request`: no stream is made for a body that is read whole. With
 * the policies around it a small exchange takes 38 µs of CPU, where `request` and cockatiel's policies took 60.
 */
export async function exchange(
  pool: Pool,
  { path, headers, body }: HttpQuestion,
  limitBytes: number,
  deadline: Deadline,
): Promise<HttpAnswer> {
  const received = await new Promise<Received>((resolve, reject) => {
    const receiver = new Receiver(limitBytes, resolve, reject);
    deadline.onPass(() => receiver.abort(new Error('deadline')));
    pool.dispatch({ path, method: 'POST', headers, body }, receiver);
  });
  deadline.onPass(undefined);
  const coding = received.headers['content-encoding'];
  const packed = typeof coding === 'string' && coding !== 'identity';
  const bytes = packed ? await unpack(received.body, coding.toLowerCase(), limitBytes) : received.body;
  return { status: received.status, headers: received.headers, text: bytes.toString('utf8') };
}

interface Received {
  readonly status: number;
  readonly headers: HttpAnswer['headers'];
  readonly body: Buffer;
}

class Receiver implements Dispatcher.DispatchHandler {
  readonly #limitBytes: number;
  readonly #resolve: (answer: Received) => void;
  readonly #reject: (reason: Error) => void;
  #controller: Dispatcher.DispatchController | undefined;
  #aborted: Error | undefined;
  #status = 0;
  #headers: HttpAnswer['headers'] = {};
  #chunks: Buffer[] = [];
  #length = 0;

  constructor(limitBytes: number, resolve: (answer: Received) => void, reject: (reason: Error) => void) {
    this.#limitBytes = limitBytes;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  abort(reason: Error): void {
    this.#aborted = reason;
    this.#reject(reason);
    this.#controller?.abort(reason);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // It waited for a connection until nobody wanted it any more.
    if (this.#aborted) controller.abort(this.#aborted);
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: HttpAnswer['headers']): void {
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#length += chunk.length;
    if (this.#length > this.#limitBytes) {
      controller.abort(new TooLong());
      return;
    }
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const [only] = this.#chunks;
    const body = this.#chunks.length === 1 && only ? only : Buffer.concat(this.#chunks);
    this.#resolve({ status: this.#status, headers: this.#headers, body });
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#reject(error);
  }
}
