import { pino } from 'pino';
import { telemetryConfig } from './config.ts';

/** JSON lines on stderr: never variables, tokens or addresses of people. */
export const log = pino(
  {
    level: telemetryConfig.logLevel,
    base: null,
    redact: ['*.password', '*.token', '*.accessToken', '*.authorization'],
  },
  pino.destination(2),
);
