import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { RequiresScopes } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import type { ProductState } from '../rules/product-state.ts';
import { checkVersion, type ProductWish, reviseProduct } from '../rules/revise-product.ts';
import { categoryIdOf } from './category-of-handle.ts';
import { type Editor, editorOf, mayEdit, noProduct } from './editor.ts';
import { MAKING } from './making.ts';
import { ProductUpdateInput } from './product.input.ts';
import { lockProducts } from './product.records.ts';
import { ProductPayload, productNow } from './product-payload.type.ts';
import { type Deed, editProducts } from './save-products.ts';

@Resolver()
export class UpdateProduct {
  @RequiresScopes('products:write')
  @Mutation(() => ProductPayload, {
    description: "products:write; of one's own sellers only, unless catalog:write is there too",
  })
  productUpdate(@Arg('input', () => ProductUpdateInput) input: ProductUpdateInput, @Ctx() context: Context) {
    return payload(async () => updateProduct(await editorOf(context), input));
  }
}

export async function updateProduct(editor: Editor, input: ProductUpdateInput) {
  const wish: ProductWish = {
    ...{ handle: input.handle ?? undefined, title: input.title ?? undefined, brand: input.brand },
    ...{ description: input.description ?? undefined, tags: input.tags ?? undefined, seo: input.seo ?? undefined },
    ...{ options: input.options ?? undefined, variants: input.variants ?? undefined },
    categoryId: typeof input.category === 'string' ? await categoryIdOf(input.category) : input.category,
  };
  return editProduct('UPDATED', editor, input, (state) => reviseProduct(state, wish, MAKING));
}

interface Named {
  readonly id: string;
  readonly expectedVersion?: number | null;
}

/** Edits one product under its lock; what comes to nothing leaves it as it is. */
export async function editProduct(
  deed: Deed,
  editor: Editor,
  { id, expectedVersion }: Named,
  edit: (state: ProductState) => ProductState,
) {
  if (id.includes('\0')) throw noProduct();
  await editProducts(deed, editor, async (client) => {
    const before = (await lockProducts(client, [id])).get(id);
    if (!before || !mayEdit(editor, before)) throw noProduct();
    checkVersion(before, expectedVersion);
    return [{ before, after: edit(before) }];
  });
  return productNow(id);
}
