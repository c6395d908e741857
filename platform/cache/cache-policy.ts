/** How long an answer may be kept, and whether for everybody. */
export interface CachePolicy {
  /** 0 is not at all. */
  readonly maxAgeSeconds: number;
  readonly scope: 'PUBLIC' | 'PRIVATE';
  /** Whether it was said that it is for everybody, rather than only not said that it is not (RFC 9111, 3.5). */
  readonly explicit: boolean;
}

export const NOT_CACHEABLE: CachePolicy = { maxAgeSeconds: 0, scope: 'PUBLIC', explicit: false };

/** The most restrictive of both: the least age, PRIVATE before PUBLIC. */
export const restricted = (a: CachePolicy, b: CachePolicy): CachePolicy => ({
  maxAgeSeconds: Math.min(a.maxAgeSeconds, b.maxAgeSeconds),
  scope: a.scope === 'PRIVATE' || b.scope === 'PRIVATE' ? 'PRIVATE' : 'PUBLIC',
  explicit: a.explicit && b.explicit,
});

/** As Apollo Server writes it; `private` is told of what cannot be kept too, for whoever combines it with others. */
export function toHeader({ maxAgeSeconds, scope }: CachePolicy): string {
  if (maxAgeSeconds > 0) return `max-age=${Math.floor(maxAgeSeconds)}, ${scope.toLowerCase()}`;
  return scope === 'PRIVATE' ? 'no-store, private' : 'no-store';
}

type Header = string | string[] | undefined;

/** What a subgraph says in `Cache-Control`, less the time that the answer spent in caches before; nothing said is not at all. */
export function fromHeaders(headers: Readonly<Record<string, Header>> | undefined): CachePolicy {
  const said = directivesOf(headers?.['cache-control']);
  const isPrivate = said.has('private');
  const age = Number(headers?.age ?? 0) || 0;
  const never = said.has('no-store') || said.has('no-cache') || said.size === 0;
  const seconds = Number(said.get('s-maxage') ?? said.get('max-age') ?? 0) || 0;
  return {
    maxAgeSeconds: never ? 0 : Math.max(0, seconds - age),
    scope: isPrivate ? 'PRIVATE' : 'PUBLIC',
    explicit: said.has('public') || said.has('s-maxage'),
  };
}

/** The directives of a `Cache-Control`, by name in lower case. */
export function directivesOf(header: Header): ReadonlyMap<string, string> {
  const directives = new Map<string, string>();
  for (const part of String(header ?? '').split(',')) {
    const [name = '', value = ''] = part.split('=');
    if (name.trim()) directives.set(name.trim().toLowerCase(), value.trim().replaceAll('"', ''));
  }
  return directives;
}
