import { operation } from '#platform/graphql/operation.ts';

/** The languages that something on sale is translated into, beside the shop's own. */
export const translatedLocales = operation<{ translatedLocales: string[] }, Record<string, never>>(
  'catalog',
  '{ translatedLocales }',
);
