import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { CacheControl } from '#platform/graphql/cache-control.ts';
import { Image, type ImageRow } from './image.type.ts';
import { MAX_AGE } from './max-age.ts';

/** A category as the statements bring it. */
export interface CategoryRow {
  id: string;
  handle: string;
  title: string;
  description: string | null;
  parent_id: string | null;
  image: ImageRow | null;
}

@Directive('@key(fields: "id")')
@CacheControl({ maxAge: MAX_AGE })
@ObjectType({ simpleResolvers: true })
export class Category {
  readonly parentId: string | null;

  constructor(row: CategoryRow) {
    this.id = row.id;
    this.handle = row.handle;
    this.title = row.title;
    this.description = row.description;
    this.parentId = row.parent_id;
    this.image = row.image && new Image(row.image);
  }

  @Field(() => ID)
  id: string;

  @Field(() => String)
  handle: string;

  @Field(() => String)
  title: string;

  @Field(() => String, { nullable: true })
  description: string | null;

  @Field(() => Image, { nullable: true })
  image: Image | null;
}
