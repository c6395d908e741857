import type { Settings } from './settings.ts';

/** What the command reads of the environment. */
export const environment: Readonly<Record<string, string | undefined>> = process.env;

/** As Apollo Server, Express and most images have it. */
export const isProduction = (): boolean => process.env.NODE_ENV === 'production';

/** Logs, metrics and traces read these when they are loaded: set before, and what is set already counts more. */
export function setTelemetry({ telemetry }: Settings): void {
  const { logLevel, metricsPort, metricsHost, otlpEndpoint, serviceName, sampleRatio } = telemetry;
  const variables: Readonly<Record<string, string | undefined>> = {
    LOG_LEVEL: logLevel,
    METRICS_PORT: metricsPort?.toString(),
    METRICS_HOST: metricsHost,
    OTEL_EXPORTER_OTLP_ENDPOINT: otlpEndpoint,
    OTEL_SERVICE_NAME: serviceName,
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: String(sampleRatio),
  };
  for (const [name, value] of Object.entries(variables)) if (value !== undefined) process.env[name] ??= value;
}
