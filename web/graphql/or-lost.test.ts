import { afterEach, expect, test, vi } from 'vitest';
import { orLost } from './or-lost.ts';

afterEach(() => vi.unstubAllGlobals());

type State = { refusal?: string };
const lost = (): State => ({ refusal: 'lost' });

test('in a browser a broken connection is an answer; every other error stays one', async () => {
  vi.stubGlobal('window', {});
  const offline = async (): Promise<State> => {
    throw new TypeError('Failed to fetch');
  };
  const redirect = async (): Promise<State> => {
    throw new Error('NEXT_REDIRECT');
  };
  expect(await orLost(offline, lost)({}, new FormData())).toEqual({ refusal: 'lost' });
  await expect(orLost(redirect, lost)({}, new FormData())).rejects.toThrow('NEXT_REDIRECT');
});

test('on the server it is the action itself, so that the form works without scripts', () => {
  const action = async (): Promise<State> => ({});
  expect(orLost(action, lost)).toBe(action);
});
