import { z } from 'zod';
import { list, readConfig } from '#platform/config/read-config.ts';

// Where Souk delivers unless told otherwise: the European Union (ISO 3166-1).
const EUROPEAN_UNION = 'AT,BE,BG,CY,CZ,DE,DK,EE,ES,FI,FR,GR,HR,HU,IE,IT,LT,LU,LV,MT,NL,PL,PT,RO,SE,SI,SK'.split(',');

const config = readConfig(
  {
    SHOP_NAME: z.string().max(100).default('Souk').describe('the name of the shop, at most 100 characters'),
    SHOP_COUNTRIES: list()
      .pipe(z.array(z.string().regex(/^[A-Z]{2}$/)).min(1))
      .default(EUROPEAN_UNION)
      .describe('the countries that are delivered to, ISO 3166-1 codes parted by commas, e.g. DE,AT'),
  },
  process.env,
);

export const shopConfig = { name: config.SHOP_NAME, countries: config.SHOP_COUNTRIES };
