import type { Writable } from 'node:stream';

const gathering = new WeakSet<Writable>();

/** What is written to a stream in this turn of the event loop, from now on, goes out in one write. */
export function writeTogether(stream: Writable): void {
  if (gathering.has(stream)) return;
  gathering.add(stream);
  stream.cork();
  setImmediate(() => {
    gathering.delete(stream);
    stream.uncork();
  });
}
