import { expect, test } from 'vitest';
import { clientAddressReader, networkOf } from './client-address.ts';

const from = (remoteAddress: string, forwarded?: string) =>
  ({ socket: { remoteAddress }, headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } }) as never;

test('believes nobody by default', () => {
  expect(clientAddressReader([])(from('203.0.113.9', '10.0.0.1'))).toBe('203.0.113.9');
  expect(clientAddressReader([])(from('::ffff:203.0.113.9'))).toBe('203.0.113.9');
});

test('believes trusted proxies, and none who stands behind them', () => {
  const read = clientAddressReader(['10.0.0.0/8', '::1']);
  expect(read(from('10.1.2.3', '203.0.113.9'))).toBe('203.0.113.9');
  expect(read(from('::1', '1.1.1.1, 203.0.113.9, 10.0.0.7'))).toBe('203.0.113.9');
  expect(read(from('::ffff:10.1.2.3', '2001:db8::1'))).toBe('2001:db8::1');
  expect(read(from('203.0.113.9', '1.1.1.1'))).toBe('203.0.113.9');
  expect(read(from('10.1.2.3', 'junk'))).toBe('10.1.2.3');
  expect(read(from('10.1.2.3'))).toBe('10.1.2.3');
});

test('is told what is no address', () => {
  expect(() => clientAddressReader(['proxy.example'])).toThrow('"proxy.example" is neither an address nor a network.');
});

test('one customer has a /64 of IPv6', () => {
  expect(networkOf('2001:db8:0:1::9')).toBe('2001:db8:0:1::/64');
  expect(networkOf('2001:0DB8:0000:0001:2:3:4:5')).toBe('2001:db8:0:1::/64');
  expect(networkOf('::1')).toBe('0:0:0:0::/64');
  expect(networkOf('203.0.113.9')).toBe('203.0.113.9');
  expect(networkOf(undefined)).toBe('');
});
