import { z } from 'zod';
import { readConfig } from '#platform/config/read-config.ts';

const config = readConfig(
  {
    OUTBOX_AGAIN_MS: z.coerce
      .number()
      .int()
      .min(100)
      .default(20_000)
      .describe('after how long an event that nobody reported is given out again, at least 100'),
    HANDLED_KEPT_DAYS: z.coerce
      .number()
      .int()
      .min(1)
      .default(14)
      .describe('for how many days it is remembered that an event was handled, at least 1'),
  },
  process.env,
);

export const outboxConfig = { againMs: config.OUTBOX_AGAIN_MS, handledKeptDays: config.HANDLED_KEPT_DAYS };
