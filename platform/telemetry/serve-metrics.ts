import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { telemetryConfig } from './config.ts';
import { exporter, type Measured, observe } from './metrics.ts';

export interface ServedMetrics {
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * `/metrics` for Prometheus, and `/health/live` and `/health/ready` for whoever starts processes, also of workers, which
 * listen nowhere else. On a port that is never the API's, at this machine's own address unless METRICS_HOST says
 * otherwise; null where METRICS_PORT is not set.
 */
export async function serveMetrics(isReady: () => boolean): Promise<ServedMetrics | null> {
  const { metricsPort, metricsHost } = telemetryConfig;
  if (!exporter || metricsPort === undefined) return null;
  const scrape = exporter.getMetricsRequestHandler.bind(exporter);
  const stopObserving = observeProcess();
  const server = createServer((request, response) => {
    if (request.method !== 'GET') return response.writeHead(405, { allow: 'GET' }).end();
    if (request.url === '/metrics') return scrape(request, response);
    if (request.url === '/health/live') return response.end('{"status":"live"}');
    if (request.url === '/health/ready') {
      const ready = isReady();
      return response.writeHead(ready ? 200 : 503).end(`{"status":"${ready ? 'ready' : 'not ready'}"}`);
    }
    return response.writeHead(404).end();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen({ port: metricsPort, host: metricsHost }, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    async stop() {
      stopObserving();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const NANOSECONDS = 1e9;

/** What every process tells of itself. */
function observeProcess(): () => void {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const quantiles = (): Measured[] => {
    const found = [50, 99, 100].map(
      (of): Measured => [delay.percentile(of) / NANOSECONDS, { quantile: String(of / 100) }],
    );
    delay.reset();
    return found;
  };
  const stops = [
    observe('souk_event_loop_delay_seconds', 'How late timers fire, since the last scrape', quantiles),
    observe('souk_process_memory_bytes', 'Memory of the process that is in use', () => [[process.memoryUsage().rss]]),
    observe('souk_process_uptime_seconds', 'Seconds since the process started', () => [[process.uptime()]]),
  ];
  return () => {
    delay.disable();
    for (const stop of stops) stop();
  };
}
