import { z } from 'zod';
import { port, readConfig } from '#platform/config/read-config.ts';

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;

const config = readConfig(
  {
    LOG_LEVEL: z
      .enum(LEVELS)
      .default('warn')
      .describe(`one of ${LEVELS.join(', ')}`),
    METRICS_PORT: port().optional().describe('a free port for /metrics and /health, or leave it out for none'),
    METRICS_HOST: z
      .string()
      .default('127.0.0.1')
      .describe('the address at which METRICS_PORT listens, e.g. 0.0.0.0 for all'),
  },
  process.env,
);

export const telemetryConfig = {
  logLevel: config.LOG_LEVEL,
  metricsPort: config.METRICS_PORT,
  metricsHost: config.METRICS_HOST,
};
