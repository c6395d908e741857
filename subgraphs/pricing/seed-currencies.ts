import { database } from './database.ts';
import { changeRates } from './rate-tables.ts';

/** Made up, though likely: a shop of one's own takes them from a feed. Those that are known already stay as they are. */
const DEMO_CURRENCIES = [
  { code: 'CHF', rate: '0.9350', roundTo: 5 },
  { code: 'GBP', rate: '0.8550', roundTo: 1 },
  { code: 'JPY', rate: '164.00', roundTo: 1 },
  { code: 'KWD', rate: '0.3350', roundTo: 1 },
  { code: 'USD', rate: '1.0900', roundTo: 1 },
];

const RATES_OF = '2026-01-02T00:00:00Z';

export async function seedDemoCurrencies(): Promise<void> {
  if ((await database.prisma.currency.count()) > 0) return;
  await changeRates((client) =>
    client.query(
      `INSERT INTO currency (code, sold, round_to, rate, rate_at)
       SELECT code, true, "roundTo", rate, $2 FROM jsonb_to_recordset($1) AS r (code text, rate text, "roundTo" bigint)
       ON CONFLICT DO NOTHING`,
      [JSON.stringify(DEMO_CURRENCIES), RATES_OF],
    ),
  );
}
