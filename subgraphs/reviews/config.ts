import { flag, readConfig } from '#platform/config/read-config.ts';

const config = readConfig(
  {
    REVIEWS_NEED_APPROVAL: flag()
      .default(false)
      .describe('1 when staff must let a review be seen first, or 0 when staff hides what should not be seen'),
  },
  process.env,
);

export const reviewsConfig = { needApproval: config.REVIEWS_NEED_APPROVAL };
