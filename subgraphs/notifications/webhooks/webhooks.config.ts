import { z } from 'zod';
import { list, readConfig } from '#platform/config/read-config.ts';

const config = readConfig(
  {
    WEBHOOK_PRIVATE_NETWORKS: list()
      .default([])
      .describe('addresses or networks within which webhooks may be sent, e.g. 127.0.0.1,::1 on your own machine'),
    WEBHOOK_TIMEOUT_MS: z.coerce
      .number()
      .int()
      .min(100)
      .max(60_000)
      .default(10_000)
      .describe('how long a receiver of webhooks may take to answer, 100 to 60000'),
    WEBHOOK_DISABLE_DAYS: z.coerce
      .number()
      .min(0)
      .default(5)
      .describe('after how many days of failing an endpoint of webhooks is sent nothing more, e.g. 5'),
  },
  process.env,
);

export const webhooksConfig = {
  privateNetworks: config.WEBHOOK_PRIVATE_NETWORKS,
  timeoutMs: config.WEBHOOK_TIMEOUT_MS,
  disableDays: config.WEBHOOK_DISABLE_DAYS,
};
