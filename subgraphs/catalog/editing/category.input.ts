import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { LocaleScalar } from '#platform/graphql/scalars.ts';
import { UserError } from '#platform/graphql/user-error.type.ts';
import { Category } from '../category.type.ts';

@InputType()
export class CategoryCreateInput {
  @Field(() => String)
  title!: string;

  @Field(() => String, { nullable: true, description: 'Made from the title where it is left out.' })
  handle?: string | null;

  @Field(() => String, { nullable: true })
  description?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'What it is below; a root where it is left out. It becomes the last there.',
  })
  parentId?: string | null;
}

@InputType({ description: 'What is left out stays as it is.' })
export class CategoryUpdateInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true })
  title?: string | null;

  @Field(() => String, { nullable: true })
  handle?: string | null;

  @Field(() => String, { nullable: true, description: 'Null for none.' })
  description?: string | null;
}

@InputType()
export class CategoryMoveInput {
  @Field(() => ID)
  id!: string;

  @Field(() => ID, { nullable: true, description: 'What it is to be below; a root where it is null or left out.' })
  parentId?: string | null;

  @Field(() => Int, { nullable: true, description: 'Its place there, from 0; the last where it is left out.' })
  position?: number | null;
}

@InputType()
export class CategoryTranslateInput {
  @Field(() => ID)
  id!: string;

  @Field(() => LocaleScalar)
  locale!: string;

  @Field(() => String, { nullable: true, description: 'Null takes the whole translation away.' })
  title?: string | null;

  @Field(() => String, { nullable: true })
  description?: string | null;
}

export enum CategoryErrorCode {
  CATEGORY_NOT_FOUND = 'CATEGORY_NOT_FOUND',
  CYCLE = 'CYCLE',
  TOO_DEEP = 'TOO_DEEP',
  HANDLE_TAKEN = 'HANDLE_TAKEN',
  HANDLE_INVALID = 'HANDLE_INVALID',
  TITLE_INVALID = 'TITLE_INVALID',
  TEXT_INVALID = 'TEXT_INVALID',
}
registerEnumType(CategoryErrorCode, { name: 'CategoryErrorCode' });

@ObjectType({ implements: UserError, simpleResolvers: true })
export class CategoryError extends UserError {
  @Field(() => CategoryErrorCode)
  code!: CategoryErrorCode;
}

@ObjectType({ simpleResolvers: true })
export class CategoryPayload {
  @Field(() => Category, { nullable: true })
  category?: Category | null;

  @Field(() => [CategoryError])
  userErrors!: CategoryError[];
}
