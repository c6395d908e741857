import type { ExecutionResult, GraphQLError } from 'graphql';
import { GraphQLError as SubgraphError } from 'graphql';
import { type CachePolicy, fromHeaders } from '#platform/cache/cache-policy.ts';
import type { SubgraphResult } from '#platform/transport/transport.ts';
import type { RouterContext } from '../context.ts';
import type { DataSource, HeadersFor } from '../data-source.ts';
import type { Data } from '../execution/data.ts';
import { type AskedEntities, SubgraphFetch } from '../execution/subgraph-fetch.ts';
import { countCacheLook } from '../telemetry/router-metrics.ts';
import { type AnswerTags, subgraphTag } from './answer-tags.ts';
import type { Cache, Entry } from './cache.ts';
import type { FetchPolicies } from './fetch-policies.ts';

export interface EntityCacheOptions {
  readonly subgraph: string;
  readonly cache: Cache;
  readonly tags: AnswerTags;
  readonly headersFor: HeadersFor;
}

interface Asked {
  readonly request: SubgraphFetch;
  readonly context: RouterContext;
}

/** Stands before a subgraph: entities that are known are not asked for, and every answer's policy is noted. */
export function withEntityCache(source: DataSource, options: EntityCacheOptions): DataSource {
  /** What was kept once is looked for; so orders and carts cost no looks. */
  const worthALook = new Set<string>();

  return {
    async process({ request, context }) {
      const { policies } = context;
      if (!policies) return source.process({ request, context });
      if (request.template.lists.length === 0 || request.template.kind !== 'query' || !policies.usesEntities) {
        const result = await source.process({ request, context });
        policies.add(options.subgraph, policyOf(result));
        return result;
      }
      return new EntityFetch(options, { request, context }, policies, worthALook).run(source);
    },
  };
}

const MAX_WORTH_A_LOOK = 5_000;

class EntityFetch {
  readonly #options: EntityCacheOptions;
  readonly #asked: Asked;
  readonly #policies: FetchPolicies;
  readonly #worthALook: Set<string>;
  /** For each list what all its entities' keys begin with, and its keys. */
  readonly #prefixes: readonly string[];

  constructor(options: EntityCacheOptions, asked: Asked, policies: FetchPolicies, worthALook: Set<string>) {
    this.#options = options;
    this.#asked = asked;
    this.#policies = policies;
    this.#worthALook = worthALook;
    const { request, context } = asked;
    const headers = JSON.stringify(options.headersFor(options.subgraph, context.asker.headers) ?? '');
    this.#prefixes = request.template.lists.map(({ selection, variables }) => {
      const given = variables.map((name) => [name, request.given[name]]);
      return `entity\n${options.subgraph}\n${selection}\n${JSON.stringify(given)}\n${headers}\n`;
    });
  }

  async run(source: DataSource): Promise<ExecutionResult> {
    const { request, context } = this.#asked;
    const known = await Promise.all(request.entities.map((list, index) => this.#known(list, index)));
    for (const entries of known) for (const entry of entries) if (entry) this.#note(remaining(entry));
    const missing = known.map((entries) => entries.flatMap((entry, index) => (entry ? [] : [index])));
    if (missing.every((indexes) => indexes.length === 0)) return { data: this.#whole(known, missing, {}) };
    const all = missing.every((indexes, list) => indexes.length === known[list]?.length);
    const asked = all
      ? request
      : new SubgraphFetch(
          request.template,
          request.given,
          request.entities.map((list, at) => part(list, missing[at] ?? [])),
        );
    const since = this.#options.cache.now;
    const readAtMs = Date.now();
    const result = await source.process({ request: asked, context });
    const policy = policyOf(result);
    this.#note(policy);
    if (result.data && !result.errors) this.#keep(result.data, missing, policy, since, readAtMs);
    if (all || !result.data) return result;
    const errors = result.errors?.map((error) => this.#inPlace(error, missing));
    return { ...result, data: this.#whole(known, missing, result.data), ...(errors ? { errors } : {}) };
  }

  #note(policy: CachePolicy): void {
    this.#policies.add(this.#options.subgraph, policy);
  }

  async #known(list: AskedEntities, at: number): Promise<(Entry | undefined)[]> {
    const prefix = this.#prefixes[at] as string;
    const { cache } = this.#options;
    if (this.#policies.fresh || !this.#worthALook.has(prefix)) return list.texts.map(() => undefined);
    const entries = list.texts.map((text) => this.#fresh(cache.near(prefix + text)));
    const absent = entries.flatMap((entry, index) => (entry ? [] : [index]));
    if (cache.sharesWithOthers && absent.length > 0) {
      const found = await cache.far(absent.map((index) => prefix + list.texts[index]));
      for (const [nth, index] of absent.entries()) entries[index] = this.#fresh(found[nth]);
    }
    const hits = entries.filter(Boolean).length;
    if (hits > 0) countCacheLook('entity', 'hit', hits);
    if (hits < entries.length) countCacheLook('entity', 'miss', entries.length - hits);
    return entries;
  }

  #fresh(entry: Entry | undefined): Entry | undefined {
    return entry && this.#options.cache.freshnessOf(entry) === 'fresh' ? entry : undefined;
  }

  #keep(
    data: Data,
    missing: readonly (readonly number[])[],
    policy: CachePolicy,
    since: number,
    readAtMs: number,
  ): void {
    const { subgraph, cache, tags } = this.#options;
    const { request, context } = this.#asked;
    if (policy.maxAgeSeconds < 1 || policy.scope === 'PRIVATE') return;
    if (!policy.explicit && context.asker.headers.authorization !== undefined) return;
    for (const [at, { alias, selection }] of request.template.lists.entries()) {
      const received = data[alias];
      const prefix = this.#prefixes[at] as string;
      if (!Array.isArray(received)) continue;
      if (this.#worthALook.size >= MAX_WORTH_A_LOOK) this.#worthALook.clear();
      this.#worthALook.add(prefix);
      for (const [nth, index] of (missing[at] ?? []).entries()) {
        const entity = received[nth];
        const text = request.entities[at]?.texts[index];
        if (!entity || text === undefined) continue;
        const representation = JSON.parse(text) as Data;
        const type = String(representation.__typename);
        const entry = {
          text: JSON.stringify(entity),
          tags: [...tags.ofEntity(selection, type, representation, entity), subgraphTag(subgraph)],
          policy,
          readAtMs,
          about: {},
        };
        cache.keep(prefix + text, entry, since);
      }
    }
  }

  /** Known and received entities in the order asked for. */
  #whole(
    known: readonly (readonly (Entry | undefined)[])[],
    missing: readonly (readonly number[])[],
    received: Data,
  ): Data {
    const data: Data = {};
    for (const [at, { alias }] of this.#asked.request.template.lists.entries()) {
      const list: unknown[] = (known[at] ?? []).map((entry) => (entry ? JSON.parse(entry.text) : null));
      const answered = received[alias];
      if (Array.isArray(answered))
        for (const [nth, index] of (missing[at] ?? []).entries()) list[index] = answered[nth];
      data[alias] = list;
    }
    return data;
  }

  /** Its path counts the entities that were asked for; the executor counts all. */
  #inPlace(error: GraphQLError, missing: readonly (readonly number[])[]): GraphQLError {
    const [alias, nth, ...rest] = error.path ?? [];
    const at = this.#asked.request.template.lists.findIndex((list) => list.alias === alias);
    const index = typeof nth === 'number' ? missing[at]?.[nth] : undefined;
    if (alias === undefined || index === undefined) return error;
    return new SubgraphError(error.message, { path: [alias, index, ...rest], extensions: error.extensions });
  }
}

const remaining = ({ policy, readAtMs }: Entry): CachePolicy => ({
  ...policy,
  maxAgeSeconds: Math.max(0, policy.maxAgeSeconds - (Date.now() - readAtMs) / 1000),
});

const policyOf = (result: SubgraphResult): CachePolicy => result.cachePolicy ?? fromHeaders(result.headers);

function part(list: AskedEntities, indexes: readonly number[]): AskedEntities {
  return {
    texts: indexes.map((index) => list.texts[index] as string),
    objects() {
      const all = list.objects();
      return indexes.map((index) => all[index] as Data);
    },
  };
}
