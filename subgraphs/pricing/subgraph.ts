import type { Subgraph } from '#platform/subgraph/subgraph.ts';
import { database } from './database.ts';
import { QuoteResolver } from './quote.ts';

export const pricing: Subgraph = {
  name: 'pricing',
  database,
  announces: false,
  resolvers: [QuoteResolver],
  listeners: [],
};
