import { Directive } from 'type-graphql';

export interface CacheHint {
  /** In seconds; 0 is not at all. */
  readonly maxAge?: number;
  /** PRIVATE: it is not the same for everybody. */
  readonly scope?: 'PUBLIC' | 'PRIVATE';
  /** As its parent's, rather than 0: for objects that are part of another. */
  readonly inheritMaxAge?: true;
}

/**
 * How long an answer with this field or type may be kept. By Apollo's rules root fields and objects without a hint are
 * not kept at all, scalars are as long as their parent, and the least of all counts
 * (https://www.apollographql.com/docs/apollo-server/performance/caching). Whoever writes what is hinted so calls
 * `announceChange()` of `platform/cache/changes.ts`.
 */
export function CacheControl({
  maxAge,
  scope,
  inheritMaxAge,
}: CacheHint): PropertyDecorator & MethodDecorator & ClassDecorator {
  const said = [
    ...(maxAge === undefined ? [] : [`maxAge: ${maxAge}`]),
    ...(scope === undefined ? [] : [`scope: ${scope}`]),
    ...(inheritMaxAge ? ['inheritMaxAge: true'] : []),
  ];
  return Directive(`@cacheControl(${said.join(', ')})`);
}

/** For the SDL of a subgraph that uses it. Composition leaves it out of the supergraph. */
export const CACHE_CONTROL = `directive @cacheControl(maxAge: Int, scope: CacheControlScope, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT | INTERFACE | UNION

enum CacheControlScope @inaccessible {
  PUBLIC
  PRIVATE
}`;
