import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { UserError } from '#platform/graphql/user-error.type.ts';

export enum ProductImportState {
  UPLOADING = 'UPLOADING',
  WAITING = 'WAITING',
  RUNNING = 'RUNNING',
  DONE = 'DONE',
  FAILED = 'FAILED',
}
registerEnumType(ProductImportState, { name: 'ProductImportState' });

@ObjectType({ simpleResolvers: true, description: 'What is wrong with a file, and where.' })
export class ProductImportProblem {
  @Field(() => Int, { description: 'From 1, which is the header.' })
  line!: number;

  @Field(() => String, { nullable: true, description: 'As the file calls it; null where the row as a whole is meant.' })
  column!: string | null;

  @Field(() => String, { description: 'A ProductErrorCode, or CSV_INVALID, COLUMN_MISSING, NUMBER_INVALID.' })
  code!: string;

  @Field(() => String)
  message!: string;
}

@ObjectType({ simpleResolvers: true, description: 'A Shopify product CSV, and how far it is imported.' })
export class ProductImport {
  @Field(() => ID)
  id!: string;

  @Field(() => ProductImportState)
  state!: ProductImportState;

  @Field(() => Boolean, { description: 'It says what would be done, and does nothing.' })
  dryRun!: boolean;

  @Field(() => Int, { description: 'Read so far.' })
  rows!: number;

  @Field(() => Int, { description: 'Products.' })
  created!: number;

  @Field(() => Int)
  updated!: number;

  @Field(() => Int)
  unchanged!: number;

  @Field(() => Int, { description: 'Products of which nothing was written.' })
  failed!: number;

  @Field(() => [ProductImportProblem], { description: 'The first thousand.' })
  problems!: ProductImportProblem[];

  @Field(() => [String], { description: 'Columns that are not read.' })
  ignoredColumns!: string[];

  @Field(() => String, { nullable: true, description: 'Why it FAILED as a whole, and what to do.' })
  failure!: string | null;
}

@InputType()
export class ProductImportCreateInput {
  @Field(() => String, {
    nullable: true,
    description: 'The handle of the seller of new products; may be left out by who sells for one seller only.',
  })
  seller?: string | null;

  @Field(() => Boolean, { defaultValue: false, description: 'To be told what would be done, without doing it.' })
  dryRun!: boolean;
}

@InputType({ description: 'A stretch of the file, at most 60,000 characters. Sending one again replaces it.' })
export class ProductImportPartInput {
  @Field(() => ID)
  importId!: string;

  @Field(() => Int, { description: 'Its place, from 0.' })
  number!: number;

  @Field(() => String)
  text!: string;
}

@InputType()
export class ProductImportStartInput {
  @Field(() => ID)
  importId!: string;

  @Field(() => Int, { description: 'How many parts there are: one that is missing is PART_MISSING.' })
  parts!: number;
}

export enum ProductImportErrorCode {
  IMPORT_NOT_FOUND = 'IMPORT_NOT_FOUND',
  SELLER_NOT_FOUND = 'SELLER_NOT_FOUND',
  PART_INVALID = 'PART_INVALID',
  PART_MISSING = 'PART_MISSING',
}
registerEnumType(ProductImportErrorCode, { name: 'ProductImportErrorCode' });

@ObjectType({ implements: UserError, simpleResolvers: true })
export class ProductImportError extends UserError {
  @Field(() => ProductImportErrorCode)
  code!: ProductImportErrorCode;
}

@ObjectType({ simpleResolvers: true })
export class ProductImportPayload {
  @Field(() => ProductImport, { nullable: true })
  import?: ProductImport | null;

  @Field(() => [ProductImportError])
  userErrors!: ProductImportError[];
}
