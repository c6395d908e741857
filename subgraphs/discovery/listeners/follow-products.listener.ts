import { defineBatchListener } from '#platform/outbox/listener.ts';
import { productTraits } from '#subgraphs/catalog/contracts/product-traits.ts';
import { productsChanged } from '#subgraphs/catalog/contracts/products-changed.event.ts';
import { removeProducts, writeProducts } from '../write-products.ts';

/** How many catalog answers at a time. */
const MOST = 500;

/** What was changed is read as it is by now; reading it again changes nothing. */
export const followProducts = defineBatchListener(
  productsChanged,
  'discovery-follow-products',
  async (events, context) => {
    const changed = [...new Set(events.flatMap(({ payload }) => payload.products.map(({ productId }) => productId)))];
    for (let from = 0; from < changed.length; from += MOST) {
      const ids = changed.slice(from, from + MOST);
      const { productTraits: products } = await context.ask(productTraits, { ids });
      await writeProducts(products);
      const known = new Set(products.map(({ id }) => id));
      const gone = ids.filter((id) => !known.has(id));
      if (gone.length > 0) await removeProducts(gone);
    }
  },
);
