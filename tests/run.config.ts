import { flag, readConfig } from '#platform/config/read-config.ts';

/** Whether this run must have every part: then a test skipped for a missing one is a failure. */
export const isCi = readConfig({ CI: flag().default(false).describe('1 or 0') }, process.env).CI;

/**
 * How often a failed test is tried again. A machine that others use too stops a process for seconds now and then, and a
 * landing must not hang on that; but no run keeps silent about it: `npm test` lists what had to be tried again.
 */
export const RETRIES = isCi ? 1 : 0;
