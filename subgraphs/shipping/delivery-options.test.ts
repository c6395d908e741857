import { graphql } from 'graphql';
import { expect, test } from 'vitest';
import { Context } from '#platform/graphql/context.ts';
import { buildSubgraph } from '#platform/graphql/subgraph-schema.ts';
import { type DeliveryOptionsInput, deliveryOptionsFor } from './contracts/delivery-options-for.ts';
import { shipping } from './subgraph.ts';

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

const address = (country: string) => ({ country, region: null, postalCode: '04109' });
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
