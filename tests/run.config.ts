import { flag, readConfig } from '#platform/config/read-config.ts';

/** Whether this run must have every part: then a test skipped for a missing one is a failure. */
export const isCi = readConfig({ CI: flag().default(false).describe('1 or 0') }, process.env).CI;
