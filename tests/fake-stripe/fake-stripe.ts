import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Books, type Intent } from './books.ts';
import { answerBrowser } from './browser-pages.ts';
import { type Fault, Faults } from './faults.ts';
import { type Form, listOf, readForm, text, textsOf } from './form.ts';
import { type Answer, IdempotencyKeys } from './idempotency.ts';
import { invalid, StripeFault } from './stripe-error.ts';
import { type Sending, Webhooks } from './webhooks.ts';

export interface FakeStripe {
  /** What STRIPE_API_URL is set to. */
  readonly url: string;
  readonly books: Books;
  readonly webhooks: Webhooks;
  readonly faults: Faults;
  /** Every request that came, e.g. `POST /v1/payment_intents`. */
  readonly requests: string[];
  stop(): Promise<void>;
}

export const SECRET_KEY = 'sk_test_of_the_fake_stripe';
export const PUBLISHABLE_KEY = 'pk_test_of_the_fake_stripe';

/**
 * A stand-in for api.stripe.com that Stripe's own SDK is pointed at: PaymentIntents, refunds, idempotency keys, errors and
 * signed webhooks as Stripe documents them, and misbehavior on command: in the process by `faults` and `webhooks`, from
 * another one by `POST /control/faults`, `/control/webhooks`, `/control/clear` and `GET /control/books`.
 */
export async function startFakeStripe(port = 0): Promise<FakeStripe> {
  const webhooks = new Webhooks();
  const faults = new Faults();
  const keys = new IdempotencyKeys();
  const requests: string[] = [];
  let url = '';
  const books = new Books(
    (event) => webhooks.announce(event),
    ({ id, client_secret }) => `${url}/challenge?intent=${id}&secret=${client_secret}`,
  );

  const server = createServer((request, response) => {
    handle(request, response).catch((error) => {
      if (error instanceof StripeFault) send(response, { status: error.status, body: { error: error.body } });
      else send(response, { status: 500, body: { error: { type: 'api_error', message: String(error) } } });
    });
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', url);
    const body = await bodyOf(request);
    if (pathname.startsWith('/control/')) return control(pathname, body, response);
    if (await answerBrowser({ request, response, pathname, searchParams, body, books })) return;
    const { method = 'GET' } = request;
    requests.push(`${method} ${pathname}`);
    authenticate(request);
    const fault = faults.take(method, pathname);
    if (fault?.kind === 'timeout') return;
    if (fault?.kind === 'refuse') return send(response, refusal(fault.status ?? 500));
    const key = header(request, 'idempotency-key');
    const execute = async (): Promise<Answer> => {
      if (fault?.kind === 'delay') await sleep(fault.ms ?? 100);
      books.request = { id: `req_${requests.length}`, idempotency_key: key };
      const answer = route(
        books,
        method,
        pathname,
        method === 'POST' ? readForm(body) : readForm(searchParams.toString()),
      );
      return fault?.kind === 'break' ? { ...refusal(500), headers: { 'stripe-should-retry': 'false' } } : answer;
    };
    const answer = await keys.answer(method === 'POST' ? key : null, `${method} ${pathname}`, body, execute);
    if (fault?.kind === 'drop') return void request.socket.destroy();
    if (fault?.kind === 'late') await sleep(fault.ms ?? 1_000);
    send(response, answer);
  }

  function control(path: string, body: string, response: ServerResponse): void {
    const given: unknown = body ? JSON.parse(body) : {};
    if (path === '/control/faults') faults.add(given as Fault);
    else if (path === '/control/webhooks') Object.assign(webhooks.sending, given as Partial<Sending>);
    else if (path === '/control/clear') faults.clear();
    else if (path !== '/control/books') throw invalid(`Unrecognized control address: ${path}.`, {}, 404);
    const [intents, refunds] = [[...books.intents.values()], [...books.refunds.values()]];
    send(response, { status: 200, body: { intents, refunds, requests, answered: webhooks.answered } });
  }

  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    ...{ url, books, webhooks, faults, requests },
    async stop() {
      await webhooks.stop();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The part of Stripe's API that Souk uses. */
function route(books: Books, method: string, path: string, form: Form): Answer {
  const [, id] = /^\/v1\/(?:payment_intents|refunds)\/([^/]+)/.exec(path) ?? [];
  const call = `${method} ${path.replace(id ?? '\0', ':id')}`;
  const shown = (intent: Intent): Answer => ({ status: 200, body: expanded(books, intent, listOf(form.expand)) });
  try {
    switch (call) {
      case 'POST /v1/payment_intents':
        return shown(books.create(form));
      case 'GET /v1/payment_intents':
        return page(newestFirst(books.intents.values()), form, path, (intent) =>
          expanded(
            books,
            intent,
            listOf(form.expand).map((field) => field.replace(/^data\./, '')),
          ),
        );
      case 'GET /v1/payment_intents/:id':
        if (id === 'search') return search(books, form);
        return shown(books.intent(id!));
      case 'POST /v1/payment_intents/:id/confirm':
        return shown(books.confirm(id!, form));
      case 'POST /v1/payment_intents/:id/capture':
        return shown(books.capture(id!, form));
      case 'POST /v1/payment_intents/:id/cancel':
        return shown(books.cancel(id!, form));
      case 'POST /v1/refunds':
        return { status: 200, body: structuredClone(books.refund(form)) };
      case 'GET /v1/refunds': {
        const of = text(form.payment_intent);
        const found = newestFirst(books.refunds.values()).filter((refund) => !of || refund.payment_intent === of);
        return page(found, form, path, (refund) => refund);
      }
      case 'GET /v1/refunds/:id': {
        const refund = books.refunds.get(id!);
        if (refund) return { status: 200, body: structuredClone(refund) };
        throw invalid(`No such refund: '${id}'`, { code: 'resource_missing', param: 'id' }, 404);
      }
      case 'POST /v1/test_helpers/confirmation_tokens':
        return { status: 200, body: books.createToken(text(form.payment_method) ?? '', text(form.return_url)) };
    }
  } catch (error) {
    if (error instanceof StripeFault && error.kept) return { status: error.status, body: { error: error.body } };
    throw error;
  }
  throw invalid(`Unrecognized request URL (${method}: ${path}).`, {}, 404);
}

function expanded(books: Books, intent: Intent, fields: readonly string[]): object {
  const charge = fields.includes('latest_charge') ? books.charges.get(intent.latest_charge ?? '') : undefined;
  return structuredClone(charge ? { ...intent, latest_charge: charge } : intent);
}

const newestFirst = <Item>(items: Iterable<Item>): Item[] => [...items].reverse();

/** One page of a list, newest first: `limit`, `starting_after` and a `created` window, as docs.stripe.com/api/pagination. */
function page<Item extends { id: string; created: number }>(
  items: readonly Item[],
  form: Form,
  url: string,
  show: (item: Item) => object,
): Answer {
  const window = textsOf(form.created);
  const inWindow = items.filter(
    ({ created }) =>
      created >= Number(window.gte ?? 0) &&
      created > Number(window.gt ?? -1) &&
      created < Number(window.lt ?? Infinity) &&
      created <= Number(window.lte ?? Infinity),
  );
  const after = text(form.starting_after);
  const start = after ? inWindow.findIndex(({ id }) => id === after) + 1 : 0;
  const limit = Number(form.limit ?? 10);
  const data = inWindow.slice(start, start + limit).map((item) => structuredClone(show(item)));
  return { status: 200, body: { object: 'list', url, has_more: inWindow.length > start + limit, data } };
}

/** `metadata['order_id']:'…'` alone; Stripe's own search is up to a minute behind. */
function search(books: Books, form: Form): Answer {
  const [, name, value] = /^metadata\['([^']+)'\]:'([^']*)'$/.exec(text(form.query) ?? '') ?? [];
  if (name === undefined) throw invalid('The search query is not valid.', { param: 'query' });
  const data = newestFirst(books.intents.values()).filter(({ metadata }) => metadata[name] === value);
  return {
    status: 200,
    body: {
      object: 'search_result',
      url: '/v1/payment_intents/search',
      has_more: false,
      next_page: null,
      data: structuredClone(data),
    },
  };
}

function refusal(status: number): Answer {
  const error =
    status === 429
      ? { type: 'invalid_request_error', code: 'rate_limit', message: 'Request rate limit exceeded.' }
      : { type: 'api_error', message: 'An error occurred internally with the Stripe API.' };
  return { status, body: { error } };
}

function authenticate(request: IncomingMessage): void {
  if (header(request, 'authorization') !== `Bearer ${SECRET_KEY}`)
    throw new StripeFault(401, { type: 'invalid_request_error', message: 'Invalid API Key provided.' });
}

function header(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name];
  return typeof value === 'string' ? value : null;
}

function send(response: ServerResponse, { status, body, headers }: Answer): void {
  if (response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': 'req_fake', ...headers });
  response.end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
}
