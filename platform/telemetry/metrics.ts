import { type Attributes, type Counter, createNoopMeter, type Histogram } from '@opentelemetry/api';
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { telemetryConfig } from './config.ts';
import { log } from './log.ts';

/** What Prometheus scrapes; null where METRICS_PORT is not set, and then measuring costs an empty call. */
export const exporter =
  telemetryConfig.metricsPort === undefined
    ? null
    : new PrometheusExporter({ preventServerStart: true, withoutScopeInfo: true, withoutTargetInfo: true });

const meter = exporter ? new MeterProvider({ readers: [exporter] }).getMeter('souk') : createNoopMeter();

/** A count that only grows, e.g. `counter('souk_jobs', 'Jobs, by …')`; Prometheus gets it as `souk_jobs_total`. */
export const counter = (name: string, description: string): Counter => meter.createCounter(name, { description });

/** How long something takes, in seconds. */
export const duration = (name: string, description: string): Histogram =>
  meter.createHistogram(name, {
    description,
    advice: { explicitBucketBoundaries: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] },
  });

/** What was measured: a value, and what tells it from the metric's others. */
export type Measured = readonly [value: number, attributes?: Attributes];

const LOOK_WITHIN_MS = 3_000;

/**
 * Something that is looked at when it is scraped, and at no other time. A look that fails or takes too long leaves the
 * metric out of that scrape. The answer ends the observing.
 */
export function observe(
  name: string,
  description: string,
  look: () => Promise<readonly Measured[]> | readonly Measured[],
): () => void {
  const gauge = meter.createObservableGauge(name, { description });
  const callback = async (result: { observe(value: number, attributes?: Attributes): void }) => {
    try {
      for (const [value, attributes] of await within(LOOK_WITHIN_MS, look)) result.observe(value, attributes);
    } catch (reason) {
      log.warn({ err: reason, metric: name }, 'A metric could not be looked at; this scrape goes without it');
    }
  };
  gauge.addCallback(callback);
  return () => gauge.removeCallback(callback);
}

async function within<Answer>(ms: number, look: () => Promise<Answer> | Answer): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer within ${ms} ms.`)), ms);
  });
  try {
    return await Promise.race([look(), late]);
  } finally {
    clearTimeout(timer);
  }
}
