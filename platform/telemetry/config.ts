import { z } from 'zod';
import { flag, port, readConfig, url } from '#platform/config/read-config.ts';

const SAMPLERS = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;
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
    OTEL_EXPORTER_OTLP_ENDPOINT: url('http', 'https')
      .optional()
      .describe('the address of an OpenTelemetry collector that takes OTLP/HTTP, e.g. http://collector:4318'),
    OTEL_SDK_DISABLED: flag().default(false).describe('1 to make no spans, or 0'),
    OTEL_SERVICE_NAME: z.string().optional().describe('the name of this process in traces'),
    OTEL_TRACES_SAMPLER: z
      .enum(SAMPLERS)
      .default('parentbased_always_on')
      .describe(`one of ${SAMPLERS.join(', ')}`),
    OTEL_TRACES_SAMPLER_ARG: z.coerce
      .number()
      .min(0)
      .max(1)
      .default(1)
      .describe('the share of traces that is kept by a sampler of a ratio, from 0 to 1'),
    OTEL_BSP_SCHEDULE_DELAY: z.coerce
      .number()
      .int()
      .min(1)
      .max(60_000)
      .default(5_000)
      .describe('how many milliseconds a span may wait for its batch, 1 to 60000'),
  },
  process.env,
);

export const telemetryConfig = {
  logLevel: config.LOG_LEVEL,
  metricsPort: config.METRICS_PORT,
  metricsHost: config.METRICS_HOST,
  /** Null makes no spans. */
  traces:
    config.OTEL_EXPORTER_OTLP_ENDPOINT && !config.OTEL_SDK_DISABLED
      ? {
          service: config.OTEL_SERVICE_NAME,
          sampler: config.OTEL_TRACES_SAMPLER,
          ratio: config.OTEL_TRACES_SAMPLER_ARG,
          delayMs: config.OTEL_BSP_SCHEDULE_DELAY,
        }
      : null,
};
