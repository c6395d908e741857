import { Args, Directive, Field, ID, ObjectType } from 'type-graphql';
import { CacheControl } from '#platform/graphql/cache-control.ts';
import { MethodField } from '#platform/graphql/method-field.ts';
import { LocaleScalar } from '#platform/graphql/scalars.ts';
import { SHOP } from '#subgraphs/pricing/contracts/shop.ts';
import { Image, type ImageRow } from './image.type.ts';
import { LocaleArgument } from './locale.ts';
import { MAX_AGE } from './max-age.ts';
import { localeOf, type Translations, translated } from './rules/translated.ts';

/** A category as the statements bring it. */
export interface CategoryRow {
  id: string;
  handle: string;
  title: string;
  description: string | null;
  translations: Translations;
  parent_id: string | null;
  image: ImageRow | null;
}

@Directive('@key(fields: "id")')
@CacheControl({ maxAge: MAX_AGE })
@ObjectType({ simpleResolvers: true })
export class Category {
  readonly parentId: string | null;
  private readonly row: CategoryRow;

  constructor(row: CategoryRow) {
    this.id = row.id;
    this.handle = row.handle;
    this.row = row;
    this.parentId = row.parent_id;
    this.image = row.image && new Image(row.image);
  }

  @Field(() => ID)
  id: string;

  @Field(() => String)
  handle: string;

  @MethodField(() => String, { description: "In the shop's own language where there is none in `locale`." })
  title(@Args(() => LocaleArgument) { locale }: LocaleArgument): string {
    return translated(this.row.title, this.row.translations, 'title', locale);
  }

  @MethodField(() => LocaleScalar, { description: 'What `title` is in, asked for in `locale`.' })
  titleLocale(@Args(() => LocaleArgument) { locale }: LocaleArgument): string {
    return localeOf(this.row.translations, 'title', locale) ?? SHOP.locale;
  }

  @MethodField(() => String, { nullable: true })
  description(@Args(() => LocaleArgument) { locale }: LocaleArgument): string | null {
    return translated(this.row.description, this.row.translations, 'description', locale);
  }

  @MethodField(() => LocaleScalar, { description: 'What `description` is in, asked for in `locale`.' })
  descriptionLocale(@Args(() => LocaleArgument) { locale }: LocaleArgument): string {
    return localeOf(this.row.translations, 'description', locale) ?? SHOP.locale;
  }

  @Field(() => Image, { nullable: true })
  image: Image | null;
}
