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
  response.end(`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Test bank</title>
<style>:root{color-scheme:light dark}body{font:17px/1.5 system-ui,sans-serif;max-width:26rem;margin:15vh auto;padding:0 16px}
button{font:inherit;padding:10px 18px;border-radius:6px;border:1px solid;cursor:pointer;margin-right:8px}</style>${body}</html>`);
}

const said = (sentence: string): string => `<h1>Test bank</h1><p role="status">${sentence}</p>`;

// Without an action the form goes back to the page's own address, which carries the payment and its secret.
const QUESTION = `<h1>Test bank</h1><p>A shop asks for a payment. Is it you?</p><form method="post">
<button name="answer" value="approve">Yes, pay</button><button name="answer" value="refuse">No</button></form>`;

async function chosen(request: IncomingMessage): Promise<string | null> {
  let body = '';
  for await (const chunk of request) {
    body += chunk;
    if (body.length > 1_000) return null;
  }
  return new URLSearchParams(body).get('answer');
}
