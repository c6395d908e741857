import { z } from 'zod';
import { readConfig, url } from '#platform/config/read-config.ts';

const config = readConfig(
  {
    REDIS_URL: url('redis', 'rediss')
      .optional()
      .describe('the URL of a Redis, e.g. redis://localhost:6379, or leave it out for Postgres'),
    QUEUES_DATABASE_URL: url('postgresql', 'postgres')
      .optional()
      .describe('the Postgres URL of the database for jobs and wake-ups'),
    JOB_ATTEMPTS: z.coerce.number().int().min(1).max(50).default(8).describe('how often a job is tried, 1 to 50'),
    JOB_BACKOFF_MS: z.coerce
      .number()
      .int()
      .min(1)
      .default(500)
      .describe('the pause before the first retry in milliseconds'),
    JOB_CONCURRENCY: z.coerce
      .number()
      .int()
      .min(1)
      .max(256)
      .default(32)
      .describe('jobs at once of one consumer in one process, 1 to 256'),
    JOB_LOCK_MS: z.coerce
      .number()
      .int()
      .min(1_000)
      // BullMQ's own 30 seconds would leave a killed worker's orders waiting for up to 45.
      .default(10_000)
      .describe('how long a job is thought to be at work without a sign of life, at least 1000'),
    JOB_SLOTS: z.coerce
      .number()
      .int()
      .min(1)
      .max(1_024)
      .default(64)
      .describe('jobs at once of all consumers in one process, 1 to 1024'),
  },
  process.env,
);

export const queueConfig = {
  redisUrl: config.REDIS_URL,
  queuesDatabaseUrl: config.QUEUES_DATABASE_URL,
  attempts: config.JOB_ATTEMPTS,
  backoffMs: config.JOB_BACKOFF_MS,
  concurrency: config.JOB_CONCURRENCY,
  slots: config.JOB_SLOTS,
  lockMs: config.JOB_LOCK_MS,
};
