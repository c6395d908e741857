import type { Subgraph } from '#platform/subgraph/subgraph.ts';
import { AuditCodes } from './audit-codes.ts';
import { ratesConfig } from './config.ts';
import { CreatePromotion } from './create-promotion.ts';
import { Currencies } from './currencies.ts';
import { database } from './database.ts';
import { EndPromotion } from './end-promotion.ts';
import { EXPORTED_KINDS } from './exported-kinds.ts';
import { startRates } from './fetch-rates.ts';
import { PromotionQueries } from './promotion.queries.ts';
import { QuoteResolver } from './quote.ts';
import { RedeemCodes } from './redeem-codes.ts';
import { TaxRates } from './write-tax-rate.ts';

export const pricing: Subgraph = {
  name: 'pricing',
  database,
  announces: false,
  resolvers: [
    QuoteResolver,
    PromotionQueries,
    CreatePromotion,
    EndPromotion,
    RedeemCodes,
    AuditCodes,
    TaxRates,
    Currencies,
  ],
  exports: EXPORTED_KINDS,
  listeners: [],
  startWork: () => (ratesConfig.url || ratesConfig.file ? [startRates(ratesConfig)] : []),
};
