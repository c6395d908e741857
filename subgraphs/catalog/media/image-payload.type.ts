import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { UserError } from '#platform/graphql/user-error.type.ts';
import { Image } from '../image.type.ts';
import { Product } from '../product.type.ts';

export enum ImageErrorCode {
  PRODUCT_NOT_FOUND = 'PRODUCT_NOT_FOUND',
  IMAGE_NOT_FOUND = 'IMAGE_NOT_FOUND',
  VARIANT_NOT_FOUND = 'VARIANT_NOT_FOUND',
  UPLOAD_NOT_FOUND = 'UPLOAD_NOT_FOUND',
  SOURCE_INVALID = 'SOURCE_INVALID',
  ALT_INVALID = 'ALT_INVALID',
  ORDER_INVALID = 'ORDER_INVALID',
  IMAGE_LIMIT = 'IMAGE_LIMIT',
  TYPE_UNSUPPORTED = 'TYPE_UNSUPPORTED',
  TOO_LARGE = 'TOO_LARGE',
  TOO_MANY_PIXELS = 'TOO_MANY_PIXELS',
  BROKEN = 'BROKEN',
  URL_REFUSED = 'URL_REFUSED',
  URL_UNREACHABLE = 'URL_UNREACHABLE',
  BUSY = 'BUSY',
}
registerEnumType(ImageErrorCode, { name: 'ImageErrorCode' });

@ObjectType({ implements: UserError, simpleResolvers: true })
export class ImageError extends UserError {
  @Field(() => ImageErrorCode)
  code!: ImageErrorCode;
}

@ObjectType({ simpleResolvers: true })
export class ImagePayload {
  @Field(() => Image, { nullable: true, description: 'Null once it is deleted.' })
  image?: Image | null;

  @Field(() => Product, { nullable: true, description: 'With its images as they are now.' })
  product?: Product | null;

  @Field(() => [ImageError])
  userErrors!: ImageError[];
}
