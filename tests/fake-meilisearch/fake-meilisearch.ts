import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { matches, type Settings, type StoredDocument } from './matching.ts';

export const API_KEY = 'fake-master-key';

/** How long a task waits before it is worked off: what is written cannot be found at once. */
const TASK_MS = 15;

class Refused extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/**
 * Meilisearch as far as Souk meets it, by its public documents: writes are tasks that are worked off later and in order,
 * what is not set as filterable or sortable is refused, and hits and values of facets are capped as they are by default.
 */
export async function startFakeMeilisearch() {
  const documents = new Map<string, StoredDocument>();
  const tasks: { status: string; error?: { message: string } }[] = [];
  let settings: Settings = {};
  let exists = false;
  let working = Promise.resolve();

  const set = (changed: Settings) => {
    settings = { ...settings, ...changed };
  };
  const enqueue = (deed: () => void) => {
    const task: (typeof tasks)[number] = { status: 'enqueued' };
    const taskUid = tasks.push(task) - 1;
    working = working.then(async () => {
      await new Promise((resolve) => setTimeout(resolve, TASK_MS));
      try {
        deed();
        exists = true;
        task.status = 'succeeded';
      } catch (reason) {
        task.status = 'failed';
        task.error = { message: (reason as Error).message };
      }
    });
    return { taskUid, indexUid: 'products', status: 'enqueued' };
  };

  const ROUTES: readonly [RegExp, (body: never, id: string) => [number, object]][] = [
    [/^GET \/tasks\/(\d+)$/, (_, id) => [200, tasks[Number(id)] ?? refuse(404, 'task_not_found', `No task ${id}.`)]],
    [/^PATCH \/indexes\/products\/settings$/, (body: Settings) => [202, enqueue(() => set(body))]],
    [
      /^POST \/indexes\/products\/documents\?primaryKey=id$/,
      (body: StoredDocument[]) => [
        202,
        enqueue(() => {
          for (const document of body) {
            if (!/^[\w-]{1,511}$/.test(document.id))
              throw new Error(`Document identifier \`${document.id}\` is invalid.`);
            documents.set(document.id, document);
          }
        }),
      ],
    ],
    [
      /^POST \/indexes\/products\/documents\/delete-batch$/,
      (ids: string[]) => [202, enqueue(() => ids.forEach((id) => void documents.delete(id)))],
    ],
    [
      /^POST \/indexes\/products\/documents\/delete$/,
      ({ filter }: { filter: string }) => [
        202,
        enqueue(() => {
          for (const document of documents.values())
            if (passes(document, filter, settings)) documents.delete(document.id);
        }),
      ],
    ],
    [/^POST \/indexes\/products\/search$/, (body: Asked) => [200, search(body)]],
    [/^POST \/multi-search$/, ({ queries }: { queries: Asked[] }) => [200, { results: queries.map(search) }]],
  ];

  function search(asked: Asked): object {
    if (!exists) throw new Refused(404, 'index_not_found', 'Index `products` not found.');
    const all = [...documents.values()].filter((document) =>
      (asked.filter ?? []).every((each) => passes(document, each, settings)),
    );
    const found = all
      .map((document) => ({ document, rank: matches(document, asked.q ?? '', settings, asked.attributesToSearchOn) }))
      .filter((each): each is { document: StoredDocument; rank: number } => each.rank !== null);
    const sorts = (asked.sort ?? []).map((each) => each.split(':') as [string, string]);
    for (const [attribute] of sorts)
      if (!settings.sortableAttributes?.includes(attribute))
        refuse(400, 'invalid_search_sort', `Attribute \`${attribute}\` is not sortable.`);
    found.sort(
      (a, b) =>
        bySorts(a.document, b.document, sorts) ||
        a.rank - b.rank ||
        Number(b.document.boost) - Number(a.document.boost) ||
        0,
    );
    const most = settings.pagination?.maxTotalHits ?? 1_000;
    const hits = found.slice(0, most).map(({ document }) => document);
    const isPaged = asked.page !== undefined || asked.hitsPerPage !== undefined;
    const size = asked.hitsPerPage ?? 20;
    const from = isPaged ? ((asked.page ?? 1) - 1) * size : (asked.offset ?? 0);
    const shown = hits.slice(from, from + (isPaged ? size : (asked.limit ?? 20)));
    const keep = asked.attributesToRetrieve ?? ['*'];
    return {
      hits: shown.map((document) =>
        Object.fromEntries(Object.entries(document).filter(([name]) => keep.includes('*') || keep.includes(name))),
      ),
      query: asked.q ?? '',
      processingTimeMs: 0,
      ...(isPaged
        ? { totalHits: hits.length, page: asked.page ?? 1, hitsPerPage: size }
        : { estimatedTotalHits: hits.length }),
      // Facets are counted over all that is found, whatever is shown of it.
      ...(asked.facets &&
        countFacets(
          found.map(({ document }) => document),
          asked.facets,
          settings,
        )),
    };
  }

  const server = createServer(async (request, response) => {
    try {
      if (request.headers.authorization !== `Bearer ${API_KEY}`)
        refuse(403, 'invalid_api_key', 'The provided API key is invalid.');
      const line = `${request.method} ${request.url}`;
      const [, route, id] =
        ROUTES.map(([when, deed]) => [when.exec(line), deed, when.exec(line)?.[1] ?? ''] as const).find(
          ([found]) => found,
        ) ?? [];
      if (!route) refuse(404, 'not_found', line);
      const text = await bodyOf(request);
      const [status, value] = route!((text ? JSON.parse(text) : null) as never, id ?? '');
      answer(response, status, value);
    } catch (reason) {
      const { status = 500, code = 'internal', message } = reason as Refused;
      answer(response, status, { message, code, type: 'invalid_request' });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Resolves when all tasks so far are worked off. */
    settled: () => working,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Asked {
  readonly q?: string;
  readonly filter?: readonly string[];
  readonly sort?: readonly string[];
  readonly facets?: readonly string[];
  readonly offset?: number;
  readonly limit?: number;
  readonly page?: number;
  readonly hitsPerPage?: number;
  readonly attributesToRetrieve?: readonly string[];
  readonly attributesToSearchOn?: readonly string[];
}

function refuse(status: number, code: string, message: string): never {
  throw new Refused(status, code, message);
}

/** `a IN [1, 2]`, `a >= 1`, and such joined by AND. */
function passes(document: StoredDocument, filter: string, settings: Settings): boolean {
  return filter.split(' AND ').every((part) => {
    const [, attribute = '', operator = '', value = ''] =
      /^(\w+) (IN|>=|<=|<|>|=) (.+)$/.exec(part) ?? refuse(400, 'invalid_search_filter', part);
    if (!settings.filterableAttributes?.includes(attribute))
      refuse(400, 'invalid_search_filter', `Attribute \`${attribute}\` is not filterable.`);
    const own = [document[attribute] ?? []].flat() as (number | string)[];
    if (operator === 'IN') return (JSON.parse(value) as number[]).some((each) => own.includes(each));
    const compare: Record<string, (a: number) => boolean> = {
      '>=': (a) => a >= Number(value),
      '<=': (a) => a <= Number(value),
      '<': (a) => a < Number(value),
      '>': (a) => a > Number(value),
      '=': (a) => a === Number(value),
    };
    return own.some((each) => compare[operator]?.(Number(each)));
  });
}

function bySorts(a: StoredDocument, b: StoredDocument, sorts: readonly [string, string][]): number {
  for (const [attribute, way] of sorts) {
    const [x, y] = [a[attribute] as number, b[attribute] as number];
    if (x !== y) return (x < y ? -1 : 1) * (way === 'asc' ? 1 : -1);
  }
  return 0;
}

function countFacets(found: readonly StoredDocument[], facets: readonly string[], settings: Settings) {
  const most = settings.faceting?.maxValuesPerFacet ?? 100;
  const facetDistribution: Record<string, Record<string, number>> = {};
  const facetStats: Record<string, { min: number; max: number }> = {};
  // One that is not filterable is passed over in silence.
  for (const facet of facets.filter((each) => settings.filterableAttributes?.includes(each))) {
    const counts = new Map<string, number>();
    const numbers: number[] = [];
    for (const document of found)
      for (const value of new Set([document[facet] ?? []].flat() as (number | string)[])) {
        counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
        if (typeof value === 'number') numbers.push(value);
      }
    // In alphabetical order, and cut off there.
    facetDistribution[facet] = Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, most));
    if (numbers.length > 0) facetStats[facet] = { min: Math.min(...numbers), max: Math.max(...numbers) };
  }
  return { facetDistribution, facetStats };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += part;
  return text;
}

function answer(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(value));
}
