import { PAGES } from '#features/language/in-language.ts';
import type { CartLineViewFragment } from '#generated/graphql.ts';

type Titled = Pick<CartLineViewFragment, 'title'> & {
  readonly variant: { readonly product: { readonly title: string; readonly titleLocale: string } } | null;
};

/** What a line is called: in the shopper's language where its product is translated, else as the cart has it. */
export function lineTitle({ title, variant }: Titled): { title: string; titleLocale: string } {
  const product = variant?.product;
  return product && product.titleLocale !== PAGES ? product : { title, titleLocale: PAGES };
}
