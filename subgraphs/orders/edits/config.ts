import { z } from 'zod';
import { readConfig } from '#platform/config/read-config.ts';

const config = readConfig(
  {
    ORDER_EDIT_DUE_MS: z.coerce
      .number()
      .int()
      .min(1_000)
      .default(86_400_000)
      .describe('how long a shopper has to pay what an edit made due, before it is withdrawn, at least 1000'),
  },
  process.env,
);

export const editConfig = { dueMs: config.ORDER_EDIT_DUE_MS };
