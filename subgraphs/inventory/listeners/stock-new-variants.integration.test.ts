import { afterAll, beforeAll, expect, test } from 'vitest';
import { productsChanged } from '#subgraphs/catalog/contracts/products-changed.event.ts';
import { openTestDatabase } from '#tests/test-database.ts';
import { database } from '../database.ts';
import { setStock } from '../set-stock.ts';
import { brokenStockInvariants } from '../stock-invariants.ts';
import { stockNewVariants } from './stock-new-variants.listener.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
});
afterAll(() => close());

test('a new variant can be given stock, and hearing of it twice takes none away', async () => {
  expect(await setStock({ variantId: 'var_1', onHand: 3 }).catch(({ code }) => code)).toBe('VARIANT_NOT_FOUND');
  const newVariants = [
    { variantId: 'var_1', onHand: 0 },
    { variantId: 'var_2', onHand: 12 },
  ];
  const product = { productId: 'prod_1', version: 1, published: true, deleted: false, newVariants };
  const event = productsChanged({ products: [product] });
  await stockNewVariants.handle([event as never], null as never);
  await setStock({ variantId: 'var_1', onHand: 3 });
  await stockNewVariants.handle([event as never], null as never);
  const rows = await database.prisma.stock.findMany({ orderBy: { variantId: 'asc' } });
  expect(rows.map(({ variantId, onHand }) => [variantId, onHand])).toEqual([
    ['var_1', 3],
    ['var_2', 12],
  ]);
  expect(await brokenStockInvariants()).toEqual([]);
});
