import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { traceWith } from './traces.ts';

/** Names of OTEL_TRACES_SAMPLER, by the OpenTelemetry specification. */
export const SAMPLERS = {
  always_on: () => new AlwaysOnSampler(),
  always_off: () => new AlwaysOffSampler(),
  traceidratio: (ratio) => new TraceIdRatioBasedSampler(ratio),
  parentbased_always_on: () => new ParentBasedSampler({ root: new AlwaysOnSampler() }),
  parentbased_always_off: () => new ParentBasedSampler({ root: new AlwaysOffSampler() }),
  parentbased_traceidratio: (ratio) => new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(ratio) }),
} satisfies Record<string, (ratio: number) => Sampler>;

export interface OtlpTracesOptions {
  /** Of this process in traces, e.g. `souk-router`. */
  readonly service: string;
  readonly sampler: keyof typeof SAMPLERS;
  readonly ratio: number;
  /** How long a span may wait for its batch. */
  readonly delayMs: number;
  /** Where spans go, e.g. `http://collector:4318/v1/traces`; the exporter's own variables when left out. */
  readonly url?: string;
}

const QUEUE = 16_384;
const BATCH = 512;

/** Makes spans and sends them over OTLP/HTTP until the answer is called, which sends the last ones. */
export function openTraces({ service, sampler, ratio, delayMs, url }: OtlpTracesOptions): () => Promise<void> {
  const provider = new TracerProvider({
    sampler: SAMPLERS[sampler](ratio),
    resource: defaultResource()
      .merge(resourceFromAttributes({ 'service.name': service }))
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: new OTLPTraceExporter(url === undefined ? {} : { url }),
        scheduledDelayMillis: delayMs,
        maxQueueSize: QUEUE,
        maxExportBatchSize: BATCH,
      }),
    ],
  });
  traceWith(provider.getTracer('souk'));
  return async () => {
    traceWith(null);
    await provider.shutdown();
  };
}
