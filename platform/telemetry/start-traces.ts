import { telemetryConfig } from './config.ts';
import { log } from './log.ts';

/**
 * Traces of this process, while OTEL_EXPORTER_OTLP_ENDPOINT is set; the answer ends them and sends what is left. The SDK
 * is loaded only then.
 */
export async function startTraces(service: string): Promise<() => Promise<void>> {
  const { traces } = telemetryConfig;
  if (!traces) return async () => {};
  const { openTraces } = await import('./otlp-traces.ts');
  const stop = openTraces({ ...traces, service: traces.service ?? service });
  return () => stop().catch((error: unknown) => log.warn({ err: error }, 'The last spans could not be sent'));
}
