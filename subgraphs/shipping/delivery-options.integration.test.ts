import { graphql } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Context } from '#platform/graphql/context.ts';
import { buildSubgraph } from '#platform/graphql/subgraph-schema.ts';
import { openTestDatabase } from '#tests/test-database.ts';
import { type DeliveryOptionsInput, deliveryOptionsFor } from './contracts/delivery-options-for.ts';
import { database } from './database.ts';
import { shipping } from './subgraph.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
});
afterAll(() => close());

const { schema } = await buildSubgraph(shipping);
const OPTION = 'id title price { amount currency } estimatedDays { min max }';
const STANDARD = {
  id: 'standard',
  title: 'Standard delivery',
  price: { amount: '4.90', currency: 'EUR' },
  estimatedDays: { min: 2, max: 3 },
};
const EXPRESS = {
  id: 'express',
  title: 'Express delivery',
  price: { amount: '9.90', currency: 'EUR' },
  estimatedDays: { min: 1, max: 1 },
};

const ask = async (source: string, variableValues: Record<string, unknown>, caller: string) => {
  const contextValue = new Context('shipping', null as never, { viewer: null, caller });
  const { data, errors } = await graphql({ schema, source, variableValues, contextValue });
  return { data: JSON.parse(JSON.stringify(data ?? null)), code: errors?.[0]?.extensions.code };
};

const address = (country: string, region: string | null = null) => ({ country, region, postalCode: '04109' });
const parcel = (amount: string, weightGrams = 900) => ({
  weightGrams,
  totalQuantity: 1,
  subtotal: { amount, currency: 'EUR' },
});
const cart = (parts: object) => ({ __typename: 'Cart', id: 'cart_1', currency: 'EUR', ...parts });
const offered = async (representation: object) => {
  const source = `query($representations: [_Any!]!) { _entities(representations: $representations) {
    ... on Cart { deliveryOptions { ${OPTION} } } } }`;
  const { data } = await ask(source, { representations: [representation] }, 'router');
  return data._entities[0].deliveryOptions;
};

test('a cart is offered deliveries by what it requires: address, weight and subtotal', async () => {
  expect(await offered(cart({ deliveryAddress: address('DE'), parcel: parcel('49.99') }))).toEqual([STANDARD, EXPRESS]);
  const free = { ...STANDARD, price: { amount: '0.00', currency: 'EUR' } };
  expect(await offered(cart({ deliveryAddress: address('DE'), parcel: parcel('50.00') }))).toEqual([free, EXPRESS]);
});

test('where we do not deliver nothing is offered; without an address it is not known', async () => {
  expect(await offered(cart({ deliveryAddress: address('US'), parcel: parcel('10.00') }))).toEqual([]);
  expect(await offered(cart({ deliveryAddress: null, parcel: parcel('10.00') }))).toBeNull();
  expect(await offered(cart({ deliveryAddress: address('DE'), parcel: null }))).toBeNull();
});

test('checkout is offered the same, and only subgraphs may ask like that', async () => {
  const input: DeliveryOptionsInput = {
    currency: 'EUR',
    country: 'AT',
    postalCode: '8010',
    weightGrams: 12_000,
    totalQuantity: 3,
    subtotal: '151.00',
  };
  const { data } = await ask(deliveryOptionsFor.query, { input }, 'carts');
  const shown = await offered(cart({ deliveryAddress: address('AT'), parcel: parcel('151.00', 12_000) }));
  expect(data.deliveryOptionsFor).toEqual(shown);
  expect(shown.map(({ price }: typeof STANDARD) => price.amount)).toEqual(['6.00', '25.90']);
  expect(await ask(deliveryOptionsFor.query, { input }, 'router')).toEqual({ data: null, code: 'FORBIDDEN' });
});

const STAFF = { customerId: 'cus_staff', sessionId: 'ses_1', scopes: ['shipping:write'] };
const ZONE =
  'zone { id name version places { country region } rates { optionId price { amount } } } userErrors { code path }';
// biome-ignore lint/suspicious/noExplicitAny: a test says what it expects, exactly.
async function staff(source: string, variableValues: Record<string, unknown> = {}): Promise<any> {
  const contextValue = new Context('shipping', null as never, { viewer: STAFF, caller: 'router' });
  const { data, errors } = await graphql({ schema, source, variableValues, contextValue });
  if (errors) throw errors[0];
  return Object.values(JSON.parse(JSON.stringify(data)))[0];
}
const create = (input: object) =>
  staff(`mutation($input: DeliveryZoneInput!) { deliveryZoneCreate(input: $input) { ${ZONE} } }`, { input });
const update = (input: object) =>
  staff(`mutation($input: DeliveryZoneUpdateInput!) { deliveryZoneUpdate(input: $input) { ${ZONE} } }`, { input });
const remove = (id: string) =>
  staff('mutation($id: ID!) { deliveryZoneDelete(id: $id) { deletedId userErrors { code } } }', { id });
const euros = (amount: string) => ({ amount, currency: 'EUR' });
const rate = (optionId: string, amount: string) => ({
  ...{ optionId, title: optionId, price: euros(amount), estimatedDays: { min: 4, max: 9 } },
});
const zone = (country: string, more: object = {}) => ({
  ...{ name: `To ${country}`, places: [{ country }], rates: [rate('post', '12.00')], ...more },
});
const prices = async (country: string, region: string | null = null) => {
  const options = await offered(cart({ deliveryAddress: address(country, region), parcel: parcel('10.00') }));
  return options.map(({ id, price }: typeof STANDARD) => `${id} ${price.amount}`);
};

test('every shop begins with Germany and the rest of the Union, at what they cost before', async () => {
  const zones = await staff('{ deliveryZones { name places { country } rates { optionId } } }');
  expect(zones.map(({ places }: { places: unknown[] }) => places.length)).toEqual([1, 26]);
  expect(await prices('DE')).toEqual(['standard 4.90', 'express 9.90']);
  expect(await prices('SE')).toEqual(['standard 9.90', 'express 19.90']);
  const input = {
    ...{ currency: 'EUR', country: 'DE', postalCode: '1' },
    weightGrams: 10_001,
    totalQuantity: 1,
    subtotal: '90.00',
  };
  const { data } = await ask(deliveryOptionsFor.query, { input }, 'carts');
  expect(data.deliveryOptionsFor.map(({ price }: typeof STANDARD) => price.amount)).toEqual(['6.00', '15.90']);
});

test('staff makes a zone, changes it and takes it away, and carts see it at once', async () => {
  expect(await prices('NO')).toEqual([]);
  const { zone: made, userErrors } = await create(zone('NO'));
  expect(userErrors).toEqual([]);
  expect(made).toMatchObject({ version: 1, places: [{ country: 'NO', region: null }] });
  expect(await prices('NO')).toEqual(['post 12.00']);
  const places = [{ country: 'NO' }, { country: 'IT', region: 'Sardegna' }];
  const { zone: changed } = await update({ id: made.id, expectedVersion: 1, places });
  expect(changed).toMatchObject({
    version: 2,
    name: 'To NO',
    rates: [{ optionId: 'post', price: { amount: '12.00' } }],
  });
  expect(await prices('IT', 'sardegna')).toEqual(['post 12.00']);
  expect(await prices('IT', 'Lazio')).toEqual(['standard 9.90', 'express 19.90']);
  expect((await update({ id: made.id, expectedVersion: 1, name: 'Late' })).userErrors).toEqual([
    { code: 'ZONE_CHANGED', path: ['input', 'expectedVersion'] },
  ]);
  expect(await remove(made.id)).toEqual({ deletedId: made.id, userErrors: [] });
  expect(await remove(made.id)).toEqual({ deletedId: made.id, userErrors: [] });
  expect(await prices('NO')).toEqual([]);
});

test.each([
  ['NAME_INVALID', ['name'], zone('IS', { name: ' ' })],
  ['PLACE_INVALID', ['places'], zone('IS', { places: [] })],
  ['PLACE_INVALID', ['places', '1'], zone('IS', { places: [{ country: 'IS' }, { country: 'IS' }] })],
  ['PLACE_INVALID', ['places', '0', 'region'], zone('IS', { places: [{ country: 'IS', region: '\0' }] })],
  ['PLACE_TAKEN', ['places'], zone('FR')],
  ['RATE_INVALID', ['rates', '0', 'optionId'], zone('IS', { rates: [rate('By Air', '1.00')] })],
  ['RATE_INVALID', ['rates', '0', 'price'], zone('IS', { rates: [rate('air', '-1.00')] })],
  [
    'RATE_INVALID',
    ['rates', '0', 'price'],
    zone('IS', { rates: [{ ...rate('air', '1'), price: { amount: '1', currency: 'USD' } }] }),
  ],
  [
    'RATE_INVALID',
    ['rates', '0', 'maximumWeightGrams'],
    zone('IS', { rates: [{ ...rate('air', '1'), minimumWeightGrams: 2, maximumWeightGrams: 1 }] }),
  ],
  [
    'RATE_INVALID',
    ['rates', '0', 'estimatedDays'],
    zone('IS', { rates: [{ ...rate('air', '1'), estimatedDays: { min: 2, max: 1 } }] }),
  ],
])('%s at %j', async (code, path, input) => {
  expect(await create(input)).toEqual({ zone: null, userErrors: [{ code, path: ['input', ...path] }] });
  expect(await prices('IS')).toEqual([]);
});

test('of ten changes made on one version one counts; of ten zones for one country one is made', async () => {
  const made = await Promise.all(Array.from({ length: 10 }, () => create(zone('CH'))));
  const [first, ...others] = made.filter((answer) => answer.zone);
  expect(others).toEqual([]);
  const { id } = first.zone;
  const changes = await Promise.all(
    Array.from({ length: 10 }, (_, i) => update({ id, expectedVersion: 1, rates: [rate(`r${i}`, `${i}.00`)] })),
  );
  const [written, ...more] = changes.filter((answer) => answer.zone);
  expect(more).toEqual([]);
  expect(await prices('CH')).toEqual([`${written.zone.rates[0].optionId} ${written.zone.rates[0].price.amount}`]);
  await remove(id);
});

test('without the scope nobody sees or changes a zone', async () => {
  expect(await ask('{ deliveryZones { id } }', {}, 'router')).toEqual({
    data: { deliveryZones: null },
    code: 'UNAUTHENTICATED',
  });
});
