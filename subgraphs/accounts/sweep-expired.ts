import { every } from '#platform/schedule/every.ts';
import { database } from './database.ts';

const EVERY_MS = 3_600_000;
/** For so long the answer still is "too old" rather than "not good". */
const KEPT = `interval '7 days'`;

/** Deletes tokens that expired, and sessions that nobody can go on with. */
export const startSweep = () =>
  every(EVERY_MS, 'accounts sweep of expired tokens', async () => {
    await sweepTokens();
    await sweepMailedTokens();
    await sweepSessions();
  });

const sweepTokens = database.statement(
  'accounts.sweep-refresh-tokens',
  `DELETE FROM refresh_token WHERE expires_at < now() - ${KEPT}`,
  'values',
);
const sweepMailedTokens = database.statement(
  'accounts.sweep-mailed-tokens',
  `DELETE FROM mailed_token WHERE expires_at < now() - ${KEPT}`,
  'values',
);
const sweepSessions = database.statement(
  'accounts.sweep-sessions',
  `DELETE FROM session WHERE ended_at < now() - ${KEPT}
     OR (created_at < now() - ${KEPT} AND NOT EXISTS (SELECT FROM refresh_token WHERE session_id = session.id))`,
  'values',
);
