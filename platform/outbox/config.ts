import { z } from 'zod';
import { readConfig } from '#platform/config/read-config.ts';

const config = readConfig(
  {
    HANDLED_KEPT_DAYS: z.coerce
      .number()
      .int()
      .min(1)
      .default(14)
      .describe('for how many days it is remembered that an event was handled, at least 1'),
  },
  process.env,
);

export const outboxConfig = { handledKeptDays: config.HANDLED_KEPT_DAYS };
