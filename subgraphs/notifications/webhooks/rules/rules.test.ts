import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { checkedUrl } from './endpoint-url.ts';
import { pauseMs } from './retry.ts';
import { shownSecret, signedHeaders } from './signature.ts';

test('a signature is the one that the reference makes', () => {
  const [key, at] = [Buffer.alloc(32, 7), new Date('2026-11-21T08:00:00.999Z')];
  const { 'webhook-signature': signature, 'webhook-timestamp': timestamp } = signedHeaders(key, 'msg_1', '{"é":1}', at);
  expect(signature).toBe(new Webhook(shownSecret(key)).sign('msg_1', at, '{"é":1}'));
  expect(timestamp).toBe('1795248000');
});

test('pauses grow from seconds to a day, are never all alike, and end after ten tries', () => {
  expect([1, 2, 3, 4].map((tries) => pauseMs(tries, 0))).toEqual([5_000, 300_000, 1_800_000, 7_200_000]);
  expect(pauseMs(1, 0.5)).toBe(5_500);
  expect([9, 10, 11].map((tries) => pauseMs(tries, 0))).toEqual([86_400_000, null, null]);
  expect([pauseMs(1, 0, 60), pauseMs(4, 0, 60), pauseMs(1, 0, 1e9)]).toEqual([60_000, 7_200_000, 86_400_000]);
});

test('only public https addresses pass, unless private networks are allowed', () => {
  expect(checkedUrl('https://example.com/souk?a=1', false)).toBe('https://example.com/souk?a=1');
  for (const url of [
    ...['http://example.com', 'https://localhost', 'https://shop.internal', 'https://127.0.0.1', 'https://[::1]/'],
    ...[
      'https://169.254.169.254/latest',
      'https://10.1.2.3',
      'https://0x7f000001',
      'https://2130706433',
      'https://[fd00::1]',
    ],
  ]) {
    expect([url, attempt(url, false)]).toEqual([url, 'URL_REFUSED']);
    expect([url, attempt(url, true)]).toEqual([url, null]);
  }
  for (const url of ['', 'https://', 'file:///etc/passwd', 'https://a@example.com'])
    expect([url, attempt(url, true)]).toEqual([url, 'URL_REFUSED']);
});

function attempt(url: string, allowsPrivate: boolean): string | null {
  try {
    checkedUrl(url, allowsPrivate);
    return null;
  } catch (reason) {
    return (reason as { code: string }).code;
  }
}
