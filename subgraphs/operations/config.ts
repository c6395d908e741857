import { z } from 'zod';
import { readConfig } from '#platform/config/read-config.ts';

const config = readConfig(
  {
    AUDIT_EVERY_MS: z.coerce
      .number()
      .int()
      .min(100)
      .default(30_000)
      .describe('how often the books are compared, in milliseconds'),
    AUDIT_AFTER_MS: z.coerce
      .number()
      .int()
      .min(0)
      .default(60_000)
      .describe('how long nothing of an order must have moved before it is judged, in milliseconds'),
  },
  process.env,
);

export const operationsConfig = { auditEveryMs: config.AUDIT_EVERY_MS, auditAfterMs: config.AUDIT_AFTER_MS };
