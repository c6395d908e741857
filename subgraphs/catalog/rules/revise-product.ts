import { Refusal } from '#platform/errors/refusal.ts';
import type { ProductState } from './product-state.ts';
import { MOST, readDescription, readHandle, readLine, readTags, readTitle } from './product-texts.ts';
import { checkVariants, type OptionWish, reviseOptions, reviseVariants, type VariantWish } from './revise-variants.ts';

/** What of a product is to be otherwise; what is not named stays as it is. */
export interface ProductWish {
  readonly handle?: string | undefined;
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly brand?: string | null | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly categoryId?: string | null | undefined;
  readonly options?: readonly OptionWish[] | undefined;
  /** All that are to be sold, in their order: one that is not named any more is sold no more. */
  readonly variants?: readonly VariantWish[] | undefined;
  readonly seo?:
    | { readonly title?: string | null | undefined; readonly description?: string | null | undefined }
    | undefined;
}

export interface Making {
  readonly currency: string;
  newVariantId(): string;
}

/** The product as it is wished for. Throws a `Refusal` that names the field and the mend. */
export function reviseProduct(state: ProductState, wish: ProductWish, making: Making): ProductState {
  const variants = wish.variants ? reviseVariants(state.variants, wish.variants, making) : state.variants;
  const options = reviseOptions(state.options, wish.options, wish.variants ? variants : null);
  const revised: ProductState = {
    ...state,
    ...(wish.handle !== undefined && { handle: readHandle(wish.handle) }),
    ...(wish.title !== undefined && { title: readTitle(wish.title) }),
    ...(wish.description !== undefined && { description: readDescription(wish.description) }),
    ...(wish.brand !== undefined && { brand: readLine(wish.brand, 'brand') }),
    ...(wish.tags !== undefined && { tags: readTags(wish.tags) }),
    ...(wish.categoryId !== undefined && { categoryId: wish.categoryId }),
    ...(wish.seo?.title !== undefined && { seoTitle: readLine(wish.seo.title, 'seo', MOST.seo) }),
    ...(wish.seo?.description !== undefined && { seoDescription: readLine(wish.seo.description, 'seo', MOST.seo) }),
    options,
    variants: inOrderOf(options, variants),
  };
  if (wish.variants || wish.options) checkVariants(revised);
  return revised;
}

/** Each variant's options in the order of the product's. */
function inOrderOf(options: ProductState['options'], variants: ProductState['variants']): ProductState['variants'] {
  const place = new Map(options.map(({ name }, at) => [name, at]));
  const at = ({ name }: { name: string }) => place.get(name) ?? options.length;
  return variants.map((variant) => ({ ...variant, options: [...variant.options].sort((a, b) => at(a) - at(b)) }));
}

/** A product that there is not yet; it is the wish that gives it a title, a description and variants. */
export const blankProduct = (id: string, handle: string, sellerId: string): ProductState => ({
  ...{ id, version: 0, handle, title: '', description: '', brand: null, tags: [], categoryId: null, sellerId },
  ...{ options: [], variants: [], seoTitle: null, seoDescription: null, translations: {}, giftCard: false },
  ...{ published: true, publishAt: null, deleted: false },
});

/** Another version than the editor has seen means that somebody else was faster. */
export function checkVersion({ version }: ProductState, expected: number | null | undefined): void {
  if (expected == null || expected === version) return;
  throw new Refusal(
    'PRODUCT_CHANGED',
    `It was changed meanwhile and is at version ${version}. Look at it again, then edit it.`,
    { path: ['input', 'expectedVersion'] },
  );
}
