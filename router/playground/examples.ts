import products from './examples/1-products.graphql?raw';
import addLines from './examples/2-add-lines.graphql?raw';
import deliver from './examples/3-deliver.graphql?raw';
import place from './examples/4-place.graphql?raw';
import follow from './examples/5-follow.graphql?raw';
import signIn from './examples/6-sign-in.graphql?raw';

interface Example {
  readonly query: string;
  readonly variables?: string;
}

const json = (variables: object): string => JSON.stringify(variables, null, 2);

/** The tabs of a first visit: a purchase, step by step. */
export const examples: Example[] = [
  { query: products, variables: json({ first: 6 }) },
  { query: addLines, variables: json({ variantId: 'var_…', quantity: 1 }) },
  {
    query: deliver,
    variables: json({
      cartId: 'cart_…',
      email: 'ada@example.com',
      address: { name: 'Ada Lovelace', line1: 'Marktgasse 1', city: 'Wien', postalCode: '1010', country: 'AT' },
    }),
  },
  { query: place, variables: json({ cartId: 'cart_…', deliveryOptionId: '…', idempotencyKey: 'my-first-order' }) },
  { query: follow, variables: json({ id: 'ord_…', accessToken: '…' }) },
  { query: signIn, variables: json({ email: 'shopper@souk.test', password: 'souk-demo-2026' }) },
];
