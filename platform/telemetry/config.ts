import { z } from 'zod';
import { readConfig } from '#platform/config/read-config.ts';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;

const config = readConfig(
  {
    LOG_LEVEL: z
      .enum(LEVELS)
      .default('warn')
      .describe(`one of ${LEVELS.join(', ')}`),
  },
  process.env,
);

export const telemetryConfig = { logLevel: config.LOG_LEVEL };
