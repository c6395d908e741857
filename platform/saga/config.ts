import { z } from 'zod';
import { readConfig } from '#platform/config/read-config.ts';

const milliseconds = (fallback: number) => z.coerce.number().int().min(10).default(fallback);

const config = readConfig(
  {
    SAGA_DEADLINE_MS: milliseconds(120_000).describe(
      'after how long a saga that meets faults is undone rather than tried again, at least 10',
    ),
    SAGA_TRIES: z.coerce
      .number()
      .int()
      .min(1)
      .default(20)
      .describe('how often a step that fails by a bug is tried before its saga is given up or parked, at least 1'),
    SAGA_PARK_AFTER_MS: milliseconds(86_400_000).describe(
      'after how long of outages a saga that can only go on is parked, at least 10',
    ),
    SAGA_RETRY_MS: milliseconds(500).describe('the pause before the first retry; it doubles, at least 10'),
    SAGA_RETRY_MOST_MS: milliseconds(30_000).describe('the longest pause between two tries, at least 10'),
  },
  process.env,
);

export const sagaConfig = {
  deadlineMs: config.SAGA_DEADLINE_MS,
  tries: config.SAGA_TRIES,
  parkAfterMs: config.SAGA_PARK_AFTER_MS,
  retryMs: config.SAGA_RETRY_MS,
  retryMostMs: config.SAGA_RETRY_MOST_MS,
};
