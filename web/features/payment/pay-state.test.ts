import { expect, test } from 'vitest';
import { secondsToWait, whatNext } from './pay-state.ts';

test('only a busy shop is waited for, and not for ever', () => {
  expect(secondsToWait({ message: 'Declined.' }, 0)).toBeNull();
  expect(secondsToWait({ busyForSeconds: 2 }, 0)).toBe(2);
  expect(secondsToWait({ busyForSeconds: 2 }, 3)).toBe(2);
  expect(secondsToWait({ busyForSeconds: 2 }, 4)).toBeNull();
});

test('a wait is whole seconds, and short enough to be sat through', () => {
  expect(secondsToWait({ busyForSeconds: 0.2 }, 0)).toBe(1);
  expect(secondsToWait({ busyForSeconds: 3_600 }, 0)).toBe(30);
});

test('a refusal says whether to wait or to take another card', () => {
  expect(whatNext({ code: 'BUSY', retryAfterSeconds: 7 })).toEqual({ busyForSeconds: 7 });
  expect(whatNext({ code: 'BUSY', retryAfterSeconds: null })).toEqual({ busyForSeconds: 2 });
  expect(whatNext({ code: 'PAYMENT_DECLINED', retryAfterSeconds: null })).toEqual({ declined: true });
});
