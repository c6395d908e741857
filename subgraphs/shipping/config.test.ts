import { afterEach, beforeEach, expect, test, vi } from 'vitest';

beforeEach(() => vi.resetModules());
afterEach(() => vi.unstubAllEnvs());

async function configOf(env: Record<string, string>) {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  return (await import('./config.ts')).shippingConfig;
}
const EASYPOST = { CARRIER: 'easypost', EASYPOST_API_KEY: 'k', EASYPOST_WEBHOOK_SECRET: 's', EASYPOST_FROM: 'adr_1' };

test('without any variable the demo carrier carries, and parcels are made by themselves', async () => {
  expect(await configOf({})).toMatchObject({ carrier: 'demo', easyPost: null, isAutomatic: true, carrierSpeed: 1 });
});

test('EasyPost is asked over https, or on this machine', async () => {
  expect((await configOf(EASYPOST)).easyPost).toEqual({
    ...{ apiKey: 'k', webhookSecret: 's', from: 'adr_1', url: 'https://api.easypost.com', deadlineMs: 10_000 },
  });
  vi.resetModules();
  expect((await configOf({ ...EASYPOST, EASYPOST_URL: 'http://127.0.0.1:5701/' })).easyPost?.url).toBe(
    'http://127.0.0.1:5701',
  );
  vi.resetModules();
  await expect(configOf({ ...EASYPOST, EASYPOST_URL: 'http://api.easypost.com' })).rejects.toThrow(
    'EASYPOST_URL is "http://api.easypost.com": set it to an https URL, or http on this machine.',
  );
});

test('an account stays in use for its parcels when another carries now', async () => {
  const config = await configOf({ ...EASYPOST, CARRIER: 'demo' });
  expect([config.carrier, config.easyPost?.apiKey]).toEqual(['demo', 'k']);
});

test.each(['EASYPOST_API_KEY', 'EASYPOST_WEBHOOK_SECRET', 'EASYPOST_FROM'])(
  'half an account is refused: %s',
  async (name) => {
    await expect(configOf({ ...EASYPOST, [name]: '' })).rejects.toThrow(`${name} is not set: set it to `);
  },
);
