import { z } from 'zod';
import { readConfig, url } from '#platform/config/read-config.ts';

const config = readConfig(
  {
    RATES_URL: url('http', 'https')
      .optional()
      .describe(
        'where exchange rates are fetched each hour, e.g. https://www.ecb.europa.eu/stats/eurofxref/eurofxref-daily.xml',
      ),
    RATES_FILE: z
      .string()
      .optional()
      .describe('a file of exchange rates in the same format, read where RATES_URL is not set or cannot be reached'),
  },
  process.env,
);

/** Where rates come from; with neither, only staff sets them. */
export const ratesConfig: RateSources = { url: config.RATES_URL ?? null, file: config.RATES_FILE ?? null };

export interface RateSources {
  readonly url: string | null;
  readonly file: string | null;
}
