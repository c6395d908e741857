import { type DocumentNode, GraphQLError, getOperationAST } from 'graphql';
import type { AskedOperation } from '../admission.ts';
import { fragmentsOf } from '../authorization/filter-operation.ts';
import { networkOf } from '../client-address.ts';
import type { Asker } from '../context.ts';
import type { LoadedSupergraph } from '../supergraph.ts';
import type { CostBucket } from './cost-bucket.ts';
import { CostModel, type Estimate } from './cost-model.ts';

export interface DemandOptions {
  /** What one operation may be estimated at; infinite for no limit. */
  readonly limit: number;
  /** How long a list is thought to be of which nothing is said. */
  readonly listSize: number;
  /** What a viewer, or else an address, may ask for over time; null for no limit. */
  readonly bucket: CostBucket | null;
}

/** The storefront's largest, a hundred products with prices and stock, is estimated at 7,406. */
export const DEFAULT_DEMAND: DemandOptions = { limit: 10_000, listSize: 10, bucket: null };

/** What `extensions.cost` tells those who ask for it. */
export interface CostReport {
  readonly estimate: number;
  readonly limit?: number;
  /** What still fits in the bucket. */
  readonly left?: number;
}

/** Of one document; variables that cost differently are few in practice. */
const MAX_ESTIMATES = 64;
const LONGEST_KEY = 1_000;

/** What a text says costs nothing: pages are numbers, conditions booleans, and lists count by their lengths. */
const withoutTexts = (_name: string, value: unknown): unknown => (typeof value === 'string' ? '' : value);

/** Estimates what operations cost, and refuses what costs too much. */
export class Demand {
  readonly #model: CostModel;
  readonly #options: DemandOptions;
  readonly #estimates = new WeakMap<DocumentNode, Map<string, Estimate>>();

  constructor({ sdl, apiSchema }: LoadedSupergraph, options: DemandOptions) {
    this.#model = new CostModel(sdl, apiSchema, options.listSize);
    this.#options = options;
  }

  /** `variables` are coerced. Remembered by document and all of the variables that can make a difference. */
  estimate({ document, operationName, variables }: AskedOperation): Estimate {
    const operation = getOperationAST(document, operationName);
    if (!operation) return { cost: 0, largestPage: null, problem: null };
    const ofDocument = this.#estimates.get(document) ?? new Map<string, Estimate>();
    this.#estimates.set(document, ofDocument);
    const given = operation.variableDefinitions?.map(({ variable }) => variables[variable.name.value]) ?? [];
    const key = JSON.stringify([operationName, given], withoutTexts);
    const known = ofDocument.get(key);
    if (known) return known;
    const estimate = this.#model.estimate(operation, fragmentsOf(document), variables);
    if (key.length <= LONGEST_KEY && ofDocument.size < MAX_ESTIMATES) ofDocument.set(key, estimate);
    return estimate;
  }

  /** Takes the cost from the budget of who asks, or says why not. */
  async charge({ cost }: Estimate, asker: Asker): Promise<CostReport | GraphQLError> {
    const { limit, bucket } = this.#options;
    if (cost > limit) return tooCostly(cost, limit);
    const report = { estimate: cost, ...(Number.isFinite(limit) ? { limit } : {}) };
    if (!bucket) return report;
    const charge = await bucket.charge(payerOf(asker), cost);
    return 'left' in charge ? { ...report, left: charge.left } : tooOften(charge.retryAfterSeconds);
  }
}

const payerOf = ({ identity, address }: Asker): string =>
  identity.viewer ? `viewer:${identity.viewer.customerId}` : `address:${networkOf(address)}`;

const tooCostly = (estimate: number, limit: number) =>
  new GraphQLError(`The operation is estimated to cost ${estimate}; at most ${limit} is allowed.`, {
    extensions: { code: 'COST_LIMIT', estimate, limit },
  });

const tooOften = (retryAfterSeconds: number) =>
  new GraphQLError(`You have asked for much at once. Try again in ${retryAfterSeconds} seconds.`, {
    extensions: { code: 'RATE_LIMITED', retryAfterSeconds },
  });
