import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Viewer } from '#platform/auth/viewer.ts';
import { VIEWER_TOKEN_SECONDS, verifyViewerToken } from '#platform/auth/viewer-token.ts';
import { Context } from '#platform/graphql/context.ts';
import { BodyTooLarge, readBody, sendJson } from '#platform/graphql/http-body.ts';
import { type HttpHandler, pathOf } from '#platform/graphql/http-routes.ts';
import { log } from '#platform/telemetry/log.ts';
import type { SubgraphTransport } from '#platform/transport/transport.ts';
import { staffSignIn, staffSignOut } from '#subgraphs/accounts/contracts/accounts.ts';
import { staffDeedNote } from '#subgraphs/operations/contracts/staff-deeds.ts';
import { signInPage, signOutPage } from './sign-in-page.ts';

const SCOPE = 'operations:write';
const COOKIE = 'souk_staff';
const QUEUES = '/staff/queues';

/** Asks subgraphs on behalf of somebody, or of nobody. */
type AsViewer = (viewer: Viewer | null) => Context;

/**
 * `/staff`: a sign-in of staff by the graph's own `sessionCreate`, and behind it the page of queues. The access token is
 * kept in a cookie that no script can read and that no other site's request carries; it ends with the token.
 */
export function staffPages(transport: SubgraphTransport): HttpHandler {
  const as: AsViewer = (viewer) => new Context('server', transport, { viewer, caller: 'server' });
  const openBoard = boardOpener(as);

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = pathOf(request);
    const post = request.method === 'POST';
    if (request.method !== 'GET' && !isFromHere(request))
      return refuse(response, 403, 'This was sent by another site: sign in here and try again.');
    if (post && path === '/staff/sign-in') return signIn(as, request, response);
    const staff = await staffOf(request);
    if (!staff) return refuse(response, 401, null, path.startsWith(`${QUEUES}/api/`));
    if (path === '/staff/sign-out') return post ? signOut(as(staff), response) : send(response, 200, signOutPage());
    if (path === QUEUES || path.startsWith(`${QUEUES}/`)) return (await openBoard())(request, response);
    response.writeHead(303, { location: QUEUES }).end();
  };

  return async (request, response) => {
    for (const [name, value] of Object.entries(SECURITY)) response.setHeader(name, value);
    try {
      await answer(request, response);
    } catch (reason) {
      if (response.headersSent || request.errored) throw reason;
      if (reason instanceof BodyTooLarge) return refuse(response, 413, 'That was too long.');
      log.error({ err: reason }, 'A page of staff could not be shown');
      refuse(response, 503, 'This does not work just now: try again in a moment.');
    }
  };
}

// The page of queues draws itself by its own scripts and styles inline; nothing comes from, or goes, elsewhere.
const SECURITY = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'",
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

/** Loaded when somebody looks first; a failure, such as a database that is away, is tried again by the next look. */
function boardOpener(as: AsViewer): () => Promise<HttpHandler> {
  let board: Promise<HttpHandler> | null = null;
  const note = async (request: IncomingMessage, deed: string, subject: string) => {
    await as(await staffOf(request)).ask(staffDeedNote, { deed, subject });
  };
  return () => {
    board ??= import('./bull-board.ts')
      .then(({ bullBoard }) => bullBoard({ base: QUEUES, note }))
      .catch((reason) => {
        board = null;
        throw reason;
      });
    return board;
  };
}

/** The member of staff whose cookie a request brings; null for anybody else. */
async function staffOf({ headers }: IncomingMessage): Promise<Viewer | null> {
  const token = new RegExp(`(?:^|; )${COOKIE}=([^;]+)`).exec(headers.cookie ?? '')?.[1];
  const viewer = token ? await verifyViewerToken(token) : null;
  return viewer?.scopes.includes(SCOPE) ? viewer : null;
}

async function signIn(as: AsViewer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const form = new URLSearchParams(await readBody(request, 8_192));
  const input = { email: form.get('email') ?? '', password: form.get('password') ?? '' };
  const { session, userErrors } = (await as(null).ask(staffSignIn, { input })).sessionCreate;
  if (!session) return refuse(response, 401, userErrors[0]?.message ?? 'That did not work: try again.');
  const viewer = await verifyViewerToken(session.accessToken);
  if (!viewer?.scopes.includes(SCOPE)) {
    await as(viewer).ask(staffSignOut, {});
    return refuse(response, 403, 'This account may not run the shop.');
  }
  const cookie = cookieOf(request, session.accessToken, VIEWER_TOKEN_SECONDS);
  response.writeHead(303, { location: QUEUES, 'set-cookie': cookie }).end();
}

async function signOut(staff: Context, response: ServerResponse): Promise<void> {
  await staff.ask(staffSignOut, {});
  response.writeHead(303, { location: '/staff', 'set-cookie': cookieOf(response.req, '', 0) }).end();
}

function cookieOf({ headers }: IncomingMessage, token: string, seconds: number): string {
  // Set behind the proxy that speaks TLS; on this machine browsers take no Secure cookie over http.
  const secure = headers['x-forwarded-proto'] === 'https' ? '; Secure' : '';
  return `${COOKIE}=${token}; Path=/staff; HttpOnly; SameSite=Strict; Max-Age=${seconds}${secure}`;
}

/** Browsers say where a form or a script comes from; who says nothing is none, and has no cookie either. */
function isFromHere({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site'];
  if (site) return site === 'same-origin';
  const { origin } = headers;
  return !origin || (URL.canParse(origin) && new URL(origin).host === headers.host);
}

function refuse(response: ServerResponse, status: number, why: string | null, json = false): void {
  if (json) sendJson(response, status, { error: 'Sign in at /staff first.' });
  else send(response, status, signInPage(why));
}

function send(response: ServerResponse, status: number, page: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(page);
}
