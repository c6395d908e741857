import { Refusal } from '#platform/errors/refusal.ts';

const LEAST = 10;
const MOST = 256;
const LEAST_DIFFERENT = 5;

/**
 * Length counts, kinds of characters do not (OWASP Authentication Cheat Sheet; NIST SP 800-63B). Answers the password
 * as it is hashed: NFKC, so that another keyboard's way of writing an accent signs in as well.
 */
export function requireStrongPassword(password: string, email: string | null, field = 'password'): string {
  const refuse = (sentence: string): never => {
    throw new Refusal('PASSWORD_TOO_WEAK', sentence, { path: ['input', field] });
  };
  if (password.length > MOST) refuse(`A password has at most ${MOST} characters.`);
  const composed = composedPassword(password);
  const characters = [...composed];
  if (characters.length < LEAST) refuse(`Choose a password of at least ${LEAST} characters.`);
  if (new Set(characters).size < LEAST_DIFFERENT) refuse('This password repeats itself too much. Choose another.');
  if (email && composed.toLowerCase() === email) refuse('The e-mail address is no password. Choose another.');
  return composed;
}

/** What a password becomes before it is hashed or compared. Cut, since a megabyte of it is nobody's password. */
export const composedPassword = (password: string): string => password.slice(0, MOST + 1).normalize('NFKC');
