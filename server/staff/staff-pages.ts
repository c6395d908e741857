import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Viewer } from '#platform/auth/viewer.ts';
import { VIEWER_TOKEN_SECONDS, verifyViewerToken } from '#platform/auth/viewer-token.ts';
import { Context } from '#platform/graphql/context.ts';
import { readBody, sendJson } from '#platform/graphql/http-body.ts';
import type { HttpHandler } from '#platform/graphql/http-routes.ts';
import { pathOf } from '#platform/graphql/http-routes.ts';
import type { SubgraphTransport } from '#platform/transport/transport.ts';
import { staffSignIn } from '#subgraphs/accounts/contracts/accounts.ts';
import { staffDeedNote } from '#subgraphs/operations/contracts/staff-deeds.ts';
import { signInPage } from './sign-in-page.ts';

const SCOPE = 'operations:write';
const COOKIE = 'souk_staff';
const QUEUES = '/staff/queues';

/**
 * `/staff`: a sign-in of staff by the graph's own `sessionCreate`, and behind it the page of queues. The access token is
 * kept in a cookie that no script can read and that no other site's request carries; it ends with the token.
 */
export function staffPages(transport: SubgraphTransport): HttpHandler {
  const server = new Context('server', transport, { viewer: null, caller: 'server' });
  let board: Promise<(request: IncomingMessage, response: ServerResponse) => Promise<void>> | null = null;

  const note = async (request: IncomingMessage, deed: string, subject: string) => {
    const viewer = await staffOf(request);
    await new Context('server', transport, { viewer, caller: 'server' }).ask(staffDeedNote, { deed, subject });
  };
  const openBoard = () => {
    // Loaded when somebody looks first; a failure, such as a database that is away, is tried again by the next look.
    board ??= import('./bull-board.ts')
      .then(({ bullBoard }) => bullBoard({ base: QUEUES, note }))
      .catch((reason) => {
        board = null;
        throw reason;
      });
    return board;
  };

  return async (request, response) => {
    for (const [name, value] of Object.entries(SECURITY)) response.setHeader(name, value);
    if (request.method !== 'GET' && !isFromHere(request))
      return refuse(response, 403, 'This was sent by another site: sign in here and try again.');
    const path = pathOf(request);
    if (path === '/staff/sign-in' && request.method === 'POST') return signIn(server, request, response);
    if (path === '/staff/sign-out' && request.method === 'POST') return signOut(response);
    if (!(await staffOf(request))) return refuse(response, 401, null, path.startsWith(`${QUEUES}/api/`));
    if (path === QUEUES || path.startsWith(`${QUEUES}/`)) return (await openBoard())(request, response);
    response.writeHead(303, { location: QUEUES }).end();
  };
}

// The page of queues draws itself by its own scripts and styles inline; nothing comes from, or goes, elsewhere.
const SECURITY = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'none'",
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

/** The member of staff whose cookie a request brings; null for anybody else. */
async function staffOf({ headers }: IncomingMessage): Promise<Viewer | null> {
  const token = new RegExp(`(?:^|; )${COOKIE}=([^;]+)`).exec(headers.cookie ?? '')?.[1];
  const viewer = token ? await verifyViewerToken(token) : null;
  return viewer?.scopes.includes(SCOPE) ? viewer : null;
}

async function signIn(server: Context, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const form = new URLSearchParams(await readBody(request, 8_192));
  const input = { email: form.get('email') ?? '', password: form.get('password') ?? '' };
  const { session, userErrors } = (await server.ask(staffSignIn, { input })).sessionCreate;
  const [error] = userErrors;
  if (!session) return refuse(response, 401, error?.message ?? 'That did not work: try again.');
  const viewer = await verifyViewerToken(session.accessToken);
  if (!viewer?.scopes.includes(SCOPE)) return refuse(response, 403, 'This account may not run the shop.');
  response.writeHead(303, { location: QUEUES, 'set-cookie': cookie(request, session.accessToken) }).end();
}

function signOut(response: ServerResponse): void {
  response
    .writeHead(303, {
      location: '/staff',
      'set-cookie': `${COOKIE}=; Path=/staff; HttpOnly; SameSite=Strict; Max-Age=0`,
    })
    .end();
}

function cookie({ headers }: IncomingMessage, token: string): string {
  // Set behind the proxy that speaks TLS; on this machine browsers take no Secure cookie over http.
  const secure = headers['x-forwarded-proto'] === 'https' ? '; Secure' : '';
  return `${COOKIE}=${token}; Path=/staff; HttpOnly; SameSite=Strict; Max-Age=${VIEWER_TOKEN_SECONDS}${secure}`;
}

/** Browsers say where a form or a script comes from; who says nothing is none, and has no cookie either. */
function isFromHere({ headers }: IncomingMessage): boolean {
  const site = headers['sec-fetch-site'];
  if (site) return site === 'same-origin';
  const { origin } = headers;
  return !origin || (URL.canParse(origin) && new URL(origin).host === headers.host);
}

function refuse(response: ServerResponse, status: number, why: string | null, json = false): void {
  if (json) {
    sendJson(response, status, { error: 'Sign in at /staff first.' });
    return;
  }
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
  response.end(signInPage(why));
}
