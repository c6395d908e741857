import type { CodegenConfig } from '@graphql-codegen/cli';

/** Types every .graphql document of the storefront against the composed API schema: all the storefront knows of Souk. */
const config: CodegenConfig = {
  schema: '../router/schema/api.graphql',
  documents: 'features/**/*.graphql',
  generates: {
    'generated/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        // Strings, not syntax trees: nothing of graphql-js reaches the browser.
        documentMode: 'string',
        enumsAsTypes: true,
        useTypeImports: true,
        strictScalars: true,
        scalars: {
          ID: 'string',
          DateTime: 'string',
          Decimal: 'string',
          URL: 'string',
          CurrencyCode: 'string',
          CountryCode: 'string',
          Locale: 'string',
        },
      },
    },
  },
};

export default config;
