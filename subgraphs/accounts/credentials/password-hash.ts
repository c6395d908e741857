import { hash, type Options, verify } from '@node-rs/argon2';
import { BulkheadRejectedError, bulkhead } from 'cockatiel';
import { Denied } from '#platform/errors/denied.ts';

/** The package exports it as a const enum, which lives in its types only. */
const ARGON2ID = 2;

/** Argon2id with 19 MiB, two passes, one lane: OWASP Password Storage Cheat Sheet. */
const OPTIONS: Options = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Of a password that nobody knows: comparing with it takes as long as with a real one. */
const NOBODYS_HASH =
  '$argon2id$v=19$m=19456,t=2,p=1$uzH4lalrYEvXs6TppDzA3A$4KJErMTAzsL2Lz+1BpFMBlIVvSZEKmsEr/o58F+J4Js';

// A hash takes a core for some 20 ms and a thread of the four that node has for files and names as well.
const hashing = bulkhead(2, 100);

export const hashPassword = (password: string): Promise<string> => bounded(() => hash(password, OPTIONS));

/** Whether the password is that of the hash. For an unknown customer pass null: the no takes just as long. */
export async function isPassword(password: string, passwordHash: string | null): Promise<boolean> {
  const same = await bounded(() => verify(passwordHash ?? NOBODYS_HASH, password));
  return same && passwordHash !== null;
}

async function bounded<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await hashing.execute(work);
  } catch (reason) {
    if (!(reason instanceof BulkheadRejectedError)) throw reason;
    throw new Denied('OVERLOADED', 'Too many people sign in at this moment. Try again in two seconds.', {
      retryAfterSeconds: 2,
    });
  }
}
