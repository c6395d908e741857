import { setTimeout as sleep } from 'node:timers/promises';

export interface MeilisearchAccount {
  /** Without a slash at its end. */
  readonly url: string;
  readonly key: string | null;
}

/** What is asked of `POST /indexes/{uid}/search` (https://www.meilisearch.com/docs/reference/api/search). */
export interface SearchBody {
  readonly q: string;
  readonly filter?: readonly string[];
  readonly sort?: readonly string[];
  readonly facets?: readonly string[];
  readonly offset?: number;
  readonly limit?: number;
  readonly page?: number;
  readonly hitsPerPage?: number;
  readonly attributesToRetrieve?: readonly string[];
  readonly attributesToSearchOn?: readonly string[];
  readonly matchingStrategy: 'all';
}

export interface SearchAnswer {
  readonly hits: readonly { readonly id: string; readonly title?: string }[];
  /** With `page` alone. */
  readonly totalHits?: number;
  readonly facetDistribution?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly facetStats?: Readonly<Record<string, { readonly min: number; readonly max: number }>>;
}

export const INDEX = 'products';

const DEADLINE_MS = 5_000;
const TASK_MS = 120_000;

/** The few calls of Meilisearch that Souk makes. What it changes are tasks, worked off in their order. */
export function meilisearchClient({ url, key }: MeilisearchAccount) {
  async function call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    const answer = (await response.json()) as Answer & { message?: string };
    if (!response.ok)
      throw new Error(`Meilisearch answered ${method} ${path} with ${response.status}: ${answer.message}`);
    return answer;
  }
  const change = async (method: string, path: string, body: unknown) =>
    (await call<{ taskUid: number }>(method, path, body)).taskUid;

  return {
    search: (body: SearchBody) => call<SearchAnswer>('POST', `/indexes/${INDEX}/search`, body),
    async searchAll(bodies: readonly SearchBody[]): Promise<readonly SearchAnswer[]> {
      const queries = bodies.map((body) => ({ ...body, indexUid: INDEX }));
      return (await call<{ results: SearchAnswer[] }>('POST', '/multi-search', { queries })).results;
    },
    /** Adds documents, or puts them in the place of those with the same id. */
    put: (documents: readonly object[]) => change('POST', `/indexes/${INDEX}/documents?primaryKey=id`, documents),
    remove: (ids: readonly string[]) => change('POST', `/indexes/${INDEX}/documents/delete-batch`, ids),
    removeWhere: (filter: string) => change('POST', `/indexes/${INDEX}/documents/delete`, { filter }),
    set: (settings: object) => change('PATCH', `/indexes/${INDEX}/settings`, settings),
    /** Waits for a task, and so for all before it; one that failed is an error. */
    async done(task: number): Promise<void> {
      let pause = 5;
      for (const end = Date.now() + TASK_MS; Date.now() < end; await sleep(pause)) {
        pause = Math.min(500, pause * 2);
        const { status, error } = await call<{ status: string; error?: { message: string } }>('GET', `/tasks/${task}`);
        if (status === 'succeeded') return;
        if (status === 'failed' || status === 'canceled') throw new Error(`Meilisearch: ${error?.message ?? status}`);
      }
      throw new Error(`Meilisearch has not done task ${task} in ${TASK_MS / 1_000} seconds.`);
    },
  };
}

export type MeilisearchClient = ReturnType<typeof meilisearchClient>;
