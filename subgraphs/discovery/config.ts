import { z } from 'zod';
import { readConfig } from '#platform/config/read-config.ts';

const config = readConfig(
  {
    DISCOVERY_KEEP_DAYS: z.coerce
      .number()
      .int()
      .min(1)
      .max(730)
      .default(90)
      .describe('for how many days it is kept who looked at what and searched for what, 1 to 730'),
  },
  process.env,
);

export const discoveryConfig = { keepDays: config.DISCOVERY_KEEP_DAYS };
