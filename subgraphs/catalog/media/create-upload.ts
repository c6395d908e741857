import { Ctx, Field, ID, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { newId } from '#platform/database/id.ts';
import { uploadAddress } from '#platform/files/uploads.ts';
import { RequiresScopes } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { DateTimeScalar, UrlScalar } from '#platform/graphql/scalars.ts';
import { database } from '../database.ts';

@ObjectType({ simpleResolvers: true, description: 'Where one picture may be sent, by PUT, as often as needed.' })
export class ImageUpload {
  @Field(() => ID, { description: 'For productImageAdd, once the picture was sent.' })
  id!: string;

  @Field(() => UrlScalar, { description: 'Signed: whoever has it may send.' })
  url!: string;

  @Field(() => Int)
  maxBytes!: number;

  @Field(() => DateTimeScalar)
  expiresAt!: Date;
}

@Resolver()
export class CreateUpload {
  @RequiresScopes('products:write')
  @Mutation(() => ImageUpload, { description: 'products:write' })
  imageUploadCreate(@Ctx() context: Context): Promise<ImageUpload> {
    return createUpload(context);
  }
}

async function createUpload(context: Context): Promise<ImageUpload> {
  const id = newId('upl');
  const { url, limitBytes, expiresAt } = uploadAddress(id);
  await insert(id, context.signedIn().customerId, expiresAt);
  return { id, url, maxBytes: limitBytes, expiresAt };
}

const insert = database.statement(
  'catalog.create-upload',
  'INSERT INTO upload (id, owner_id, expires_at) VALUES ($1, $2, $3)',
);
