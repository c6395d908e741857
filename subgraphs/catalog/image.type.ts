import { Args, ArgsType, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Denied } from '#platform/errors/denied.ts';
import { imageUrl } from '#platform/files/image-url.ts';
import { CacheControl } from '#platform/graphql/cache-control.ts';
import { MethodField } from '#platform/graphql/method-field.ts';
import { UrlScalar } from '#platform/graphql/scalars.ts';

export enum ImageFormat {
  AVIF = 'avif',
  WEBP = 'webp',
  PNG = 'png',
}
registerEnumType(ImageFormat, { name: 'ImageFormat' });

@ArgsType()
export class ImageUrlArguments {
  @Field(() => Int, { nullable: true, description: 'In pixels; the next width that is served is taken.' })
  width?: number | null;

  @Field(() => ImageFormat, { nullable: true })
  format?: ImageFormat | null;
}

/** An image as the statements bring it. */
export interface ImageRow {
  id: string;
  key: string;
  alt: string;
  width: number;
  height: number;
  blurDataUrl: string | null;
}

@CacheControl({ inheritMaxAge: true })
@ObjectType({ simpleResolvers: true })
export class Image {
  private readonly key: string;

  constructor(row: ImageRow) {
    this.id = row.id;
    this.key = row.key;
    this.alt = row.alt;
    this.width = row.width;
    this.height = row.height;
    this.blurDataUrl = row.blurDataUrl;
  }

  @Field(() => ID)
  id: string;

  @MethodField(() => UrlScalar, {
    description:
      'With a width and no format in AVIF or WebP, whichever the browser takes; with neither as it is stored.',
  })
  url(@Args(() => ImageUrlArguments) { width, format }: ImageUrlArguments): string {
    if (width != null && width < 1) throw new Denied('BAD_USER_INPUT', 'width must be at least 1 pixel.');
    return imageUrl(this.key, width, format);
  }

  @Field(() => String)
  alt: string;

  @Field(() => Int)
  width: number;

  @Field(() => Int)
  height: number;

  @Field(() => String, { nullable: true })
  blurDataUrl: string | null;
}
