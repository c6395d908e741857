import { describe, expect, test } from 'vitest';
import { inProject } from '#platform/config/root.ts';
import { SUBGRAPH_NAMES } from '#subgraphs/subgraphs.ts';
import { readLaunchConfig, readShape } from './config.ts';

describe('TARGET and ROLE', () => {
  test('are everything by default', () => {
    expect(readShape({})).toEqual({ router: true, subgraphs: SUBGRAPH_NAMES, api: true, worker: true });
  });

  test('name parts, in any order and with spaces', () => {
    const shape = readShape({ TARGET: 'payments, orders', ROLE: 'worker' });
    expect(shape).toEqual({ router: false, subgraphs: ['orders', 'payments'], api: false, worker: true });
    expect(readShape({ TARGET: 'router', ROLE: 'api' })).toEqual({
      router: true,
      subgraphs: [],
      api: true,
      worker: false,
    });
  });

  test('that nobody knows are refused with the legal ones', () => {
    const legal = ['all', 'router', ...SUBGRAPH_NAMES].join(', ');
    expect(() => readShape({ TARGET: 'orders,ordres' })).toThrow(
      `TARGET names "ordres": set it to one or more of ${legal}.`,
    );
    expect(() => readShape({ ROLE: 'boss' })).toThrow('ROLE is "boss": set it to all, api or worker.');
  });
});

describe('ports and data folder', () => {
  test('have defaults, and the folder is found from the project', () => {
    expect(readLaunchConfig({})).toEqual({ webPort: 3000, routerPort: 4000, dataFolder: inProject('.data') });
    expect(readLaunchConfig({ SOUK_DATA: '/srv/souk' }).dataFolder).toBe('/srv/souk');
  });

  test('that cannot be are refused in a sentence', () => {
    expect(() => readLaunchConfig({ WEB_PORT: 'web' })).toThrow(
      'WEB_PORT is "web": set it to a free port from 1 to 65535 for the storefront.',
    );
    expect(() => readLaunchConfig({ WEB_PORT: '4000' })).toThrow('WEB_PORT and ROUTER_PORT are both 4000');
  });
});
