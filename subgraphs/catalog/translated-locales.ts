import { Query, Resolver } from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import { LocaleScalar } from '#platform/graphql/scalars.ts';
import { database } from './database.ts';

@Resolver()
export class TranslatedLocales {
  @Internal()
  @Query(() => [LocaleScalar], { description: 'What something on sale, or a category, is translated into.' })
  async translatedLocales(): Promise<string[]> {
    return (await locales()).map(({ locale }) => locale);
  }
}

const locales = database.statement<{ locale: string }>(
  'catalog.translated-locales',
  `SELECT DISTINCT jsonb_object_keys(translations) AS locale FROM (
     SELECT translations FROM product WHERE translations <> '{}' AND published
     UNION ALL SELECT translations FROM category WHERE translations <> '{}') translated ORDER BY locale`,
);
