import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

/** RFC 3339 in UTC; a `Date` inside. */
export const DateTimeScalar = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  serialize: (value) => (value instanceof Date ? value : new Date(value as string | number)).toISOString(),
  parseValue: (value) => parseDate(value),
  parseLiteral: (node) => parseDate(node.kind === Kind.STRING ? node.value : undefined),
});

export const DecimalScalar = textScalar(
  'Decimal',
  /^-?\d{1,15}(\.\d{1,6})?$/,
  'a decimal number as a string, e.g. "19.99"',
  {
    description: 'Exact decimal number as a string, e.g. "19.99".',
  },
);
export const UrlScalar = textScalar('URL', /^[^\s]{1,2048}$/, 'a URL');
export const CurrencyCodeScalar = textScalar('CurrencyCode', /^[A-Z]{3}$/, 'an ISO 4217 code, e.g. EUR', {
  description: 'ISO 4217 code, e.g. EUR.',
});
export const CountryCodeScalar = textScalar('CountryCode', /^[A-Z]{2}$/, 'an ISO 3166-1 alpha-2 code, e.g. DE', {
  description: 'ISO 3166-1 alpha-2 code, e.g. DE.',
});
export const LocaleScalar = textScalar(
  'Locale',
  /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/,
  'a BCP 47 tag, e.g. de-AT',
  { description: 'BCP 47 tag, e.g. de-AT.' },
  inUsualLetters,
);

/** Tags mean the same in any case: `PT-br` is `pt-BR` (RFC 5646, section 2.1.1). */
function inUsualLetters(tag: string): string {
  const [language = '', ...subtags] = tag.toLowerCase().split('-');
  const usual = (subtag: string) =>
    subtag.length === 2
      ? subtag.toUpperCase()
      : subtag.length === 4
        ? subtag[0]!.toUpperCase() + subtag.slice(1)
        : subtag;
  return [language, ...subtags.map(usual)].join('-');
}

function textScalar(
  name: string,
  form: RegExp,
  expected: string,
  options: { description?: string } = {},
  written = (value: string) => value,
) {
  const parse = (value: unknown): string => {
    if (typeof value === 'string' && form.test(value)) return written(value);
    throw new GraphQLError(`${name} must be ${expected}.`, { extensions: { code: 'BAD_USER_INPUT' } });
  };
  return new GraphQLScalarType<string, string>({
    name,
    ...options,
    serialize: (value) => String(value),
    parseValue: parse,
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : undefined),
  });
}

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/i;

function parseDate(value: unknown): Date {
  const date = typeof value === 'string' && RFC3339.test(value) ? new Date(value) : null;
  if (date && !Number.isNaN(date.getTime())) return date;
  throw new GraphQLError('DateTime must be RFC 3339, e.g. 2026-11-21T08:00:00Z.', {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}
