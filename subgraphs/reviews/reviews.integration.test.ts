import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase } from '#tests/test-database.ts';
import { database } from './database.ts';
import { entity, mutate, newCustomer, newProduct, shop } from './testing/reviews-api.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
});
afterAll(() => close());

const REVIEW = 'review { id author rating title body verifiedPurchase state product { id } }';
const write = (productId: string, viewer = newCustomer(), change: object = {}) =>
  mutate('reviewCreate', REVIEW, { productId, rating: 4, body: 'It pours well.', ...change }, viewer);
const ratingOf = async (id: string) => (await entity('Product', id, 'rating { average count }')).rating;
const reviewsOf = (id: string, args = 'first: 10') =>
  entity('Product', id, `reviews(${args}) { totalCount pageInfo { hasNextPage endCursor } nodes { id rating } }`);

test('a customer reviews a product once, named by the first name and an initial', async () => {
  const product = newProduct();
  const ada = newCustomer('Ada Lovelace');
  shop.bought.add(`${ada.customerId} ${product}`);
  const { review, userErrors } = await write(product, ada, { title: ' Lovely ', rating: 5 });
  expect(userErrors).toEqual([]);
  expect(review).toEqual({
    ...{ id: expect.stringMatching(/^rev_/), author: 'Ada L.', rating: 5, title: 'Lovely', body: 'It pours well.' },
    ...{ verifiedPurchase: true, state: 'PUBLISHED', product: { id: product } },
  });
  expect(await write(product, ada)).toEqual({
    review: null,
    userErrors: [{ code: 'ALREADY_REVIEWED', path: ['input', 'productId'] }],
  });
  expect((await write(product)).review).toMatchObject({ verifiedPurchase: false });
  expect(await ratingOf(product)).toEqual({ average: 4.5, count: 2 });
});

test('thirty reviews at once are all counted, and one written eight times at once is one', async () => {
  const product = newProduct();
  const eager = newCustomer();
  const answers = await Promise.all([
    ...Array.from({ length: 30 }, (_, i) => write(product, newCustomer(), { rating: (i % 5) + 1 })),
    ...Array.from({ length: 8 }, () => write(product, eager, { rating: 3 })),
  ]);
  expect(answers.filter(({ review }) => review)).toHaveLength(31);
  expect(await ratingOf(product)).toEqual({ average: 3, count: 31 });
});

test('staff hides a review and shows it again: list and rating follow, also when asked many times at once', async () => {
  const product = newProduct();
  const staff = newCustomer('Amina Rossi', ['reviews:write']);
  const { review } = await write(product, newCustomer(), { rating: 1 });
  await write(product, newCustomer(), { rating: 5 });
  const moderate = (state: string, by = staff) =>
    mutate('reviewModerate', 'review { state }', { reviewId: review.id, state }, by);
  await Promise.all(Array.from({ length: 6 }, (_, i) => moderate(i % 2 ? 'HIDDEN' : 'PUBLISHED')));
  expect(await moderate('HIDDEN')).toEqual({ review: { state: 'HIDDEN' }, userErrors: [] });
  expect(await ratingOf(product)).toEqual({ average: 5, count: 1 });
  expect((await reviewsOf(product)).reviews).toMatchObject({ totalCount: 1, nodes: [{ rating: 5 }] });
  await moderate('PUBLISHED');
  expect(await ratingOf(product)).toEqual({ average: 3, count: 2 });
  expect(await moderate('HIDDEN', newCustomer())).toEqual({ errors: ['FORBIDDEN'] });
  expect((await mutate('reviewModerate', REVIEW, { reviewId: 'rev_\0', state: 'HIDDEN' }, staff)).userErrors).toEqual([
    { code: 'REVIEW_NOT_FOUND', path: ['input', 'reviewId'] },
  ]);
});

test("39: a review is taken back by its author alone; another's is like one that does not exist", async () => {
  const product = newProduct();
  const author = newCustomer();
  const { review } = await write(product, author);
  const remove = (viewer = author) => mutate('reviewDelete', 'review { id }', { reviewId: review.id }, viewer);
  const gone = { review: null, userErrors: [{ code: 'REVIEW_NOT_FOUND', path: ['input', 'reviewId'] }] };
  expect(await remove(newCustomer())).toEqual(gone);
  expect(await remove()).toEqual({ review: { id: review.id }, userErrors: [] });
  expect(await remove()).toEqual(gone);
  expect(await ratingOf(product)).toBeNull();
  expect((await write(product, author)).userErrors).toEqual([]);
});

test('what is not on sale is not found, guests are told to sign in, and odd input is refused with its field', async () => {
  const notFound = [{ code: 'PRODUCT_NOT_FOUND', path: ['input', 'productId'] }];
  for (const id of ['prod_gone', 'prod_\0', 'x'.repeat(100_000)])
    expect((await write(id)).userErrors).toEqual(notFound);
  const product = newProduct();
  expect(await write(product, null as never)).toEqual({ errors: ['UNAUTHENTICATED'] });
  expect((await write(product, newCustomer(), { rating: 6 })).userErrors).toEqual([
    { code: 'RATING_INVALID', path: ['input', 'rating'] },
  ]);
  expect((await write(product, newCustomer(), { body: 'a\0b' })).userErrors).toEqual([
    { code: 'BODY_INVALID', path: ['input', 'body'] },
  ]);
  expect((await reviewsOf(product)).reviews).toMatchObject({ totalCount: 0, nodes: [] });
});

test('reviews come in pages, newest first, each once though others are written meanwhile', async () => {
  const product = newProduct();
  const written: string[] = [];
  for (let i = 0; i < 5; i++) written.unshift((await write(product)).review.id);
  const { reviews: first } = await reviewsOf(product, 'first: 2');
  const fresh = (await write(product)).review.id;
  const { reviews: rest } = await reviewsOf(product, `first: 10, after: "${first.pageInfo.endCursor}"`);
  const ids = [...first.nodes, ...rest.nodes].map(({ id }: { id: string }) => id);
  expect(ids).toEqual(written);
  expect(ids).not.toContain(fresh);
  expect([first.totalCount, first.pageInfo.hasNextPage, rest.pageInfo.hasNextPage]).toEqual([5, true, false]);
  expect((await reviewsOf(product, 'after: "x"')).errors).toEqual(['BAD_USER_INPUT']);
  expect((await reviewsOf(product, 'first: 101')).errors).toEqual(['BAD_USER_INPUT']);
});

test("a wishlist is its customer's own; twice is once, and what was wished for last comes first", async () => {
  const [tea, lamp] = [newProduct(), newProduct()];
  const ada = newCustomer();
  const add = (productId: string) => mutate('wishlistAdd', 'product { id }', { productId }, ada);
  expect(await add(tea)).toEqual({ product: { id: tea }, userErrors: [] });
  await Promise.all(Array.from({ length: 5 }, () => add(lamp)));
  expect((await add('prod_gone')).userErrors).toEqual([{ code: 'PRODUCT_NOT_FOUND', path: ['input', 'productId'] }]);
  const list = (viewer = ada, first = 20) =>
    entity(
      'Customer',
      ada.customerId,
      `wishlist(first: ${first}) { totalCount nodes { id } pageInfo { endCursor } }`,
      viewer,
    );
  expect((await list()).wishlist).toMatchObject({ totalCount: 2, nodes: [{ id: lamp }, { id: tea }] });
  expect((await list(newCustomer())).wishlist).toBeUndefined();
  const wished = async (viewer: typeof ada | null) => (await entity('Product', tea, 'wished', viewer)).wished;
  expect([await wished(ada), await wished(newCustomer()), await wished(null)]).toEqual([true, false, null]);
  const { endCursor } = (await list(ada, 1)).wishlist.pageInfo;
  const next = await entity('Customer', ada.customerId, `wishlist(after: "${endCursor}") { nodes { id } }`, ada);
  expect(next.wishlist.nodes).toEqual([{ id: tea }]);
  shop.products.delete(lamp);
  await mutate('wishlistRemove', 'product { id }', { productId: lamp }, ada);
  expect((await list()).wishlist).toMatchObject({ totalCount: 1, nodes: [{ id: tea }] });
});
