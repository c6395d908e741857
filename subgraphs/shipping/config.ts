import { z } from 'zod';
import { readConfig } from '#platform/config/read-config.ts';

const { CARRIER_SPEED } = readConfig(
  {
    CARRIER_SPEED: z.coerce
      .number()
      .min(0.1)
      .max(1_000)
      .default(1)
      .describe('how much faster than usual the demo carrier goes, 0.1 to 1000'),
  },
  process.env,
);

export const shippingConfig = { carrierSpeed: CARRIER_SPEED };
