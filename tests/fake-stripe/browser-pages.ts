import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Books } from './books.ts';
import { cardOfNumber } from './cards.ts';

interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly pathname: string;
  readonly searchParams: URLSearchParams;
  readonly body: string;
  readonly books: Books;
}

const SCRIPT = new URL('./stripe-js.stand-in.js', import.meta.url);

/** What browsers ask: the stand-in for Stripe.js, the tokens it makes, and the bank's page of 3-D Secure. */
export async function answerBrowser({
  request,
  response,
  pathname,
  searchParams,
  body,
  books,
}: Asked): Promise<boolean> {
  const send = (status: number, type: string, content: string) => {
    response.writeHead(status, { 'content-type': type, 'access-control-allow-origin': '*' }).end(content);
    return true;
  };
  if (pathname === '/stripe.js') return send(200, 'text/javascript', await readFile(SCRIPT, 'utf8'));
  if (pathname === '/browser/confirmation_tokens') {
    const { number, returnUrl } = JSON.parse(body) as { number: string; returnUrl: string };
    const card = cardOfNumber(number.replace(/\s/g, ''));
    if (!card)
      return send(402, 'application/json', JSON.stringify({ error: { message: 'Your card number is invalid.' } }));
    return send(200, 'application/json', JSON.stringify(books.createToken(card, returnUrl)));
  }
  if (pathname !== '/challenge') return false;
  const intent = books.intents.get(searchParams.get('intent') ?? '');
  if (intent?.client_secret !== searchParams.get('secret')) return send(404, 'text/plain', 'No such payment.');
  if (request.method === 'POST')
    books.answerChallenge(intent!.id, new URLSearchParams(body).get('answer') === 'approve');
  return send(200, 'application/json', JSON.stringify(intent));
}
