import { createHash, randomBytes } from 'node:crypto';

/** A secret of 256 random bits for a client or a mail to carry. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** What is stored of it. So many random bits need no slow hash. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');
