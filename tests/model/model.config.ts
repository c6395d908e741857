import { z } from 'zod';
import { readConfig } from '#platform/config/read-config.ts';

const config = readConfig(
  {
    MODEL_RUNS: z.coerce.number().int().min(1).default(15).describe('how many random shops are tried, at least 1'),
    MODEL_SEED: z.coerce.number().int().optional().describe('the seed of a failed run, as it was printed'),
    MODEL_PATH: z.string().optional().describe('the path of a failed run, as it was printed'),
  },
  process.env,
);

export const modelConfig = { runs: config.MODEL_RUNS, seed: config.MODEL_SEED, path: config.MODEL_PATH };
