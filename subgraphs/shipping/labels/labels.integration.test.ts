import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { makeAccessGrant } from '#subgraphs/orders/contracts/access-grant.ts';
import { openTestDatabase } from '#tests/test-database.ts';
import { cancelFulfillments } from '../cancel-fulfillments.ts';
import { fulfillmentLabel } from '../contracts/fulfillment-label.ts';
import { database } from '../database.ts';
import {
  ask,
  askInside,
  clearDesk,
  fulfillmentsOf,
  knownOrders,
  parcelsOf,
  prepare,
  STAFF,
  seenByStaff,
} from '../testing/shipping-desk.ts';
import { demoLabel } from './demo-label.ts';
import { makeLabelGrant } from './label-link.ts';

vi.mock('../config.ts', () => ({
  shippingConfig: {
    ...{ carrierSpeed: 1, isAutomatic: true, carrier: 'demo', easyPost: null },
    ...{ publicUrl: 'https://api.souk.test', shopName: 'Souk' },
  },
}));

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
});
afterAll(() => close());
beforeEach(() => clearDesk());

const TO = {
  ...{ name: 'Ada Kern', line1: 'Große Elbstraße 145', line2: null, city: 'Hamburg', region: null },
  ...{ postalCode: '22767', country: 'DE', phone: null, email: 'ada@souk.test' },
};
const label = (id: string, grant: string, caller = 'server') =>
  askInside(fulfillmentLabel.query, { id, grant }, caller);

test("39: a label is staff's: shoppers see no link, and the link shows this parcel's label only, for ten minutes", async () => {
  const { email, ...deliveryAddress } = TO;
  knownOrders.set('ord_1', { id: 'ord_1', number: 'S-1001', email, deliveryAddress });
  await prepare('ord_1');
  await prepare('ord_2');
  const [{ id } = { id: '' }] = await parcelsOf('ord_1');
  const [{ id: other } = { id: '' }] = await parcelsOf('ord_2');
  for (const viewer of [null, { ...STAFF, scopes: ['inventory:write'] }])
    expect(await fulfillmentsOf('ord_1', makeAccessGrant('ord_1'), viewer)).toMatchObject([
      { labelUrl: null, trouble: null },
    ]);

  const url = new URL((await seenByStaff('ord_1'))[0]!.labelUrl!);
  expect(url.origin + url.pathname).toBe(`https://api.souk.test/labels/${id}.pdf`);
  const grant = url.searchParams.get('grant')!;
  const { data } = await label(id, grant);
  expect(Buffer.from(data!.fulfillmentLabel!, 'base64').toString('latin1')).toMatch(/^%PDF-1\.\d[\s\S]*%%EOF\s*$/);

  const [expires, signature] = grant.split('.');
  for (const bad of [
    '',
    '.',
    `${expires}.`,
    `zzzzzzzzz.${signature}`,
    `${expires}.${signature}x`,
    makeLabelGrant(other),
    makeAccessGrant(id),
  ])
    expect((await label(id, bad)).data, bad).toEqual({ fulfillmentLabel: null });
  expect((await label(id, makeLabelGrant(id, Date.now() - 601_000))).data).toEqual({ fulfillmentLabel: null });
  expect((await label('ful_none', makeLabelGrant('ful_none'))).data).toEqual({ fulfillmentLabel: null });
  expect((await ask(fulfillmentLabel.query, { id, grant })).errors?.[0]?.message).toBe('This field is for subgraphs.');

  await cancelFulfillments('ord_1');
  expect((await label(id, grant)).data).toEqual({ fulfillmentLabel: null });
  expect((await seenByStaff('ord_1'))[0]?.labelUrl).toBeNull();
});

test('a label is one page of 4 by 6 inches, however long the address', async () => {
  const long = 'Donaudampfschifffahrtsgesellschaft '.repeat(12);
  const to = { ...TO, name: long, line1: long, line2: long, city: long, region: long, postalCode: '1'.repeat(40) };
  const content = { carrier: 'Demo carrier', shop: long, from: 'Leipzig, DE', orderNumber: 'S-1001', weightGrams: 400 };
  const pdf = (await demoLabel({ ...content, to, trackingNumber: 'DC4831095527' })).toString('latin1');
  expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1);
  expect(pdf).toContain('/MediaBox [0 0 288 432]');
});
