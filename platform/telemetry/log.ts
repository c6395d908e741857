import { pino } from 'pino';
import { telemetryConfig } from './config.ts';

/** JSON lines on stderr: never variables, tokens or addresses of people. */
export const log = pino(
  {
    level: telemetryConfig.logLevel,
    base: null,
    redact: ['*.password', '*.token', '*.accessToken', '*.authorization'],
    serializers: { err: plainError },
  },
  pino.destination(2),
);

/** What an error says, without what hangs on it: pg's has its whole connection, some thousand characters and its keys. */
export function plainError(reason: unknown): unknown {
  if (!(reason instanceof Error)) return reason;
  return Object.fromEntries(
    Object.entries(pino.stdSerializers.err(reason)).filter(([, value]) => typeof value !== 'object'),
  );
}
