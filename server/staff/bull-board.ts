import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import type { AppControllerRoute, BoardHooks, IServerAdapter } from '@bull-board/api/typings/app';
import { readBody, sendJson } from '#platform/graphql/http-body.ts';
import { pathOf } from '#platform/graphql/http-routes.ts';
import { allConsumers } from '#platform/outbox/routes.ts';
import { processQueues } from '#platform/queue/open-queues.ts';

export interface BullBoardOptions {
  /** Where it is mounted, e.g. `/staff/queues`. */
  readonly base: string;
  /** Called before anything is changed; what it throws keeps it from being done. */
  readonly note: (request: IncomingMessage, deed: string, subject: string) => Promise<void>;
}

/**
 * What may be changed on the page: jobs may come sooner and queues may rest. A job is discarded by `parkedJobDiscard`,
 * which asks for a reason and settles its event too; everything else that the board could do would lose or make up jobs.
 */
const DEEDS: Readonly<Record<string, string>> = {
  '/api/queues/:queueName/:jobId/retry': 'parked-job-retry',
  '/api/queues/:queueName/retry/:queueStatus': 'parked-jobs-retry',
  '/api/queues/:queueName/:jobId/promote': 'job-promote',
  '/api/queues/:queueName/promote': 'jobs-promote',
  '/api/queues/:queueName/pause': 'queue-pause',
  '/api/queues/:queueName/resume': 'queue-resume',
  '/api/queues/pause': 'queues-pause',
  '/api/queues/resume': 'queues-resume',
};

const UI = {
  boardTitle: 'Queues of the shop',
  miscLinks: [{ text: 'Sign out', url: '/staff/sign-out' }],
};

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
type Route = AppControllerRoute & { readonly pattern: RegExp; readonly methods: readonly string[] };

/** Bull Board over the queues of this process, for plain Node: whoever mounts it has asked who looks. */
export async function bullBoard({ base, note }: BullBoardOptions): Promise<Handler> {
  const ui = path.dirname(createRequire(import.meta.url).resolve('@bull-board/ui/package.json'));
  const queues = await processQueues();
  const board = new NodeAdapter();
  // A hook is given what the handler was given, which does not say who asked.
  const asked = new WeakMap<object, IncomingMessage>();
  const before: BoardHooks['before'] = async ({ method, route, request }) => {
    if (method === 'get') return { allow: true };
    const deed = DEEDS[route];
    if (!deed) return { allow: false, status: 403, message: 'Discard a job by parkedJobDiscard, with a reason.' };
    const { queueName = 'all', jobId } = request.params;
    await note(asked.get(request)!, deed, jobId ? `${queueName}:${jobId}` : queueName);
    return { allow: true };
  };
  createBullBoard({
    queues: allConsumers().map((consumer) => new BullMQAdapter(queues.of(consumer) as never)),
    serverAdapter: board,
    options: { uiBasePath: ui, handlerHooks: { before }, uiConfig: UI },
  });
  const page = await readFile(path.join(ui, 'dist', 'index.ejs'), 'utf8');

  return async (request, response) => {
    const rest = decoded(pathOf(request).slice(base.length)) || '/';
    if (rest.startsWith('/static/')) return sendFile(path.join(ui, 'dist'), rest, response);
    if (!rest.startsWith('/api/')) return sendPage(response, board.page(page, base));
    const found = board.find(request.method ?? 'GET', rest);
    if (!found) return sendJson(response, 404, { error: 'Nothing is here.' });
    const body = request.method === 'GET' ? '' : await readBody(request, 64 * 1024);
    const input = {
      queues: board.queues,
      uiConfig: board.uiConfig,
      params: found.params,
      query: Object.fromEntries(new URL(request.url ?? '/', 'http://board').searchParams),
      body: parsed(body),
      headers: {},
    };
    asked.set(input, request);
    const answer = await Promise.resolve(found.route.handler(input)).catch((error: Error) => board.onError(error));
    if (answer.status === 204) response.writeHead(204).end();
    else sendJson(response, answer.status ?? 200, answer.body, { 'cache-control': 'no-store' });
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Most requests of the page have no body, and a wrong one says nothing that is allowed. */
function parsed(body: string): Record<string, unknown> {
  try {
    return JSON.parse(body);
  } catch {
    return {};
  }
}

/** What Bull Board tells a server about itself. */
class NodeAdapter implements IServerAdapter {
  queues: Parameters<IServerAdapter['setQueues']>[0] = new Map();
  uiConfig: Parameters<IServerAdapter['setUIConfig']>[0] = {};
  onError: Parameters<IServerAdapter['setErrorHandler']>[0] = () => ({ status: 500, body: {} });
  #entry!: Parameters<IServerAdapter['setEntryRoute']>[0];
  #routes: Route[] = [];

  setQueues(queues: NodeAdapter['queues']): this {
    this.queues = queues;
    return this;
  }

  setUIConfig(uiConfig: NodeAdapter['uiConfig']): this {
    this.uiConfig = uiConfig;
    return this;
  }

  setErrorHandler(onError: NodeAdapter['onError']): this {
    this.onError = onError;
    return this;
  }

  setEntryRoute(entry: Parameters<IServerAdapter['setEntryRoute']>[0]): this {
    this.#entry = entry;
    return this;
  }

  setApiRoutes(routes: AppControllerRoute[]): this {
    this.#routes = routes.flatMap((route) =>
      [route.route].flat().map((text) => ({
        ...route,
        methods: [route.method].flat(),
        pattern: new RegExp(`^${text.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`),
      })),
    );
    return this;
  }

  setViewsPath(): this {
    return this;
  }

  setStaticPath(): this {
    return this;
  }

  find(method: string, requested: string): { route: Route; params: Record<string, string> } | null {
    for (const route of this.#routes) {
      const match = route.methods.includes(method.toLowerCase()) ? route.pattern.exec(requested) : null;
      if (match) return { route, params: { ...match.groups } };
    }
    return null;
  }

  /** The page: its template has nothing but values, and asks another host for a font, which nobody here does. */
  page(template: string, basePath: string): string {
    const { params } = this.#entry.handler({ basePath, uiConfig: this.uiConfig });
    return template.replace(/<link href="https:[^>]*>/g, '').replace(/<%([-=]) (\w+) %>/g, (_, kind, name) => {
      const value = String(params[name] ?? '');
      return kind === '-' ? value : value.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
    });
  }
}

function sendPage(response: ServerResponse, page: string): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(page);
}

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

async function sendFile(folder: string, name: string, response: ServerResponse): Promise<void> {
  const file = path.join(folder, path.normalize(name));
  const inside = file.startsWith(`${path.join(folder, 'static')}${path.sep}`);
  const found = inside ? await stat(file).catch(() => null) : null;
  if (!found?.isFile()) return sendJson(response, 404, { error: 'Nothing is here.' });
  response.writeHead(200, {
    'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream',
    'content-length': found.size,
    'cache-control': 'private, max-age=86400',
  });
  createReadStream(file).pipe(response);
}
