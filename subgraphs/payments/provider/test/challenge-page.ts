import type { IncomingMessage, ServerResponse } from 'node:http';

/** Tells the test provider what the shopper chose; null when the link is not one of ours. */
export type AnswerChallenge = (payment: string, secret: string, approved: boolean) => Promise<string | null>;

/**
 * The page of the test provider's "bank", `/test-provider/challenge`: what 3-D Secure shows. GET asks, POST answers;
 * then the shopper goes back to the shop's tab, which asks `orderPaymentConfirm`.
 */
export function challengePage(answer: AnswerChallenge) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const [payment, secret] = [url.searchParams.get('payment') ?? '', url.searchParams.get('secret') ?? ''];
    if (request.method === 'GET') return send(response, 200, QUESTION);
    if (request.method !== 'POST') return send(response, 405, said('This page takes GET and POST only.'));
    const status = await answer(payment, secret, (await chosen(request)) === 'approve');
    if (!status) return send(response, 404, said('This payment link is not valid.'));
    const approved = status === 'AUTHORIZED' || status === 'CAPTURED';
    send(
      response,
      200,
      said(
        approved
          ? 'Payment confirmed. You can close this page and go back to the shop.'
          : 'Payment refused. Go back to the shop and choose another card.',
      ),
    );
  };
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'",
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  });
  response.end(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Test bank</title>
<style>${STYLE}</style>
</head>
<body><main>${body}</main></body>
</html>
`);
}

const said = (sentence: string): string => `<h1>Test bank</h1><p role="status">${sentence}</p>`;

// Without an action the form goes back to the page's own address, which carries the payment and its secret.
const QUESTION = `<h1>Test bank</h1>
<p>A shop asks for a payment. Is it you? No money moves, whatever you answer.</p>
<form method="post">
<button name="answer" value="approve">Yes, pay</button>
<button name="answer" value="refuse">No</button>
</form>`;

async function chosen(request: IncomingMessage): Promise<string | null> {
  let body = '';
  for await (const chunk of request) {
    body += chunk;
    if (body.length > 1_000) return null;
  }
  return new URLSearchParams(body).get('answer');
}

const STYLE = `
:root { color-scheme: light dark; --paper: oklch(0.985 0.006 85); --card: oklch(1 0 0); --ink: oklch(0.24 0.02 270);
  --line: oklch(0.90 0.008 85); --indigo: oklch(0.40 0.13 275); }
@media (prefers-color-scheme: dark) { :root { --paper: oklch(0.19 0.015 270); --card: oklch(0.23 0.015 270);
  --ink: oklch(0.94 0.008 85); --line: oklch(0.32 0.015 270); --indigo: oklch(0.72 0.11 275); } }
* { box-sizing: border-box; }
body { margin: 0; padding: 0 16px; background: var(--paper); color: var(--ink); font: 17px/1.5 system-ui, sans-serif; }
main { max-width: 26rem; margin: 12vh auto; padding: 24px; background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
h1 { margin: 0; font-size: 22px; line-height: 1.15; }
p { margin: 8px 0 0; }
form { display: flex; flex-wrap: wrap; gap: 12px; margin-top: 20px; }
button { flex: 1; min-height: 48px; padding: 8px 20px; font: inherit; font-weight: 500; border: 1px solid var(--line);
  border-radius: 6px; background: var(--card); color: var(--ink); cursor: pointer; }
button[value=approve] { border-color: var(--indigo); background: var(--indigo); color: var(--paper); }
:focus-visible { outline: 2px solid var(--indigo); outline-offset: 2px; }
`;
