import { Arg, Ctx, Field, ID, InputType, Int, Mutation, Resolver } from 'type-graphql';
import { RequiresScopes } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { LocaleScalar } from '#platform/graphql/scalars.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { readDescription, readTitle } from '../rules/product-texts.ts';
import { editorOf } from './editor.ts';
import { ProductPayload } from './product-payload.type.ts';
import { editProduct } from './update-product.ts';

@InputType()
export class ProductTranslateInput {
  @Field(() => ID)
  id!: string;

  @Field(() => LocaleScalar, { description: 'e.g. `de`, which serves `de-AT` as well where that has none of its own.' })
  locale!: string;

  @Field(() => String, { nullable: true, description: 'Null takes the whole translation away.' })
  title?: string | null;

  @Field(() => String, { nullable: true })
  description?: string | null;

  @Field(() => Int, { nullable: true, description: 'The version you have seen; another is PRODUCT_CHANGED.' })
  expectedVersion?: number | null;
}

@Resolver()
export class TranslateProduct {
  @RequiresScopes('products:write')
  @Mutation(() => ProductPayload, { description: 'What it is called in another language. products:write' })
  productTranslate(@Arg('input', () => ProductTranslateInput) input: ProductTranslateInput, @Ctx() context: Context) {
    return payload(async () =>
      editProduct('TRANSLATED', await editorOf(context), input, (state) => {
        const { [input.locale]: _, ...others } = state.translations;
        if (input.title == null) return { ...state, translations: others };
        const translation = { title: readTitle(input.title), description: readDescription(input.description ?? '') };
        return { ...state, translations: { ...others, [input.locale]: translation } };
      }),
    );
  }
}
