import type { IncomingMessage, ServerResponse } from 'node:http';
import type { MailboxMessage } from './contracts/mailbox.ts';
import { type Html, html } from './html.ts';

/** A mail as the page shows it, newest first in the list that is read. */
export type Mail = MailboxMessage;

/**
 * Answers GET /dev/mail, a page to read the shop's mail, and /dev/mail.json, an array of {to, subject, text, html,
 * sentAt}. Who can open it can reset passwords: it is for the embedded shape only.
 */
export function devMailbox(
  read: () => Promise<readonly Mail[]>,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
      return;
    }
    const url = new URL(request.url ?? '/', 'http://mailbox');
    const mails = await read();
    const [type, body] = url.pathname.endsWith('.json')
      ? ['application/json; charset=utf-8', JSON.stringify(mails.map(withoutId))]
      : ['text/html; charset=utf-8', mailboxPage(mails, url.searchParams.get('id')).text];
    response.writeHead(200, { ...HEADERS, 'content-type': type }).end(body);
  };
}

// No script runs here, neither ours nor a mail's, and a mail loads nothing from elsewhere.
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-src 'self'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

const withoutId = ({ to, subject, text, html, sentAt }: Mail) => ({ to, subject, text, html, sentAt });

function mailboxPage(mails: readonly Mail[], id: string | null): Html {
  const open = mails.find((mail) => mail.id === id) ?? mails[0] ?? null;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Mailbox of the shop</title>
<style>${STYLE}</style>
</head>
<body>
<header><h1>Mailbox</h1><p>What the shop sends lands here as long as SMTP_URL is not set. <a href="/dev/mail">Look for new mail</a></p></header>
${open ? html`<main>${listOf(mails, open)}${messageOf(open)}</main>` : EMPTY}
</body>
</html>
`;
}

const EMPTY = html`<main class="empty"><p>No mail yet. Register, ask for a new password or buy something, then look again.</p></main>`;

const listOf = (mails: readonly Mail[], open: Mail): Html =>
  html`<nav aria-label="Messages"><ol>${mails.map(
    (mail) => html`<li><a href="/dev/mail?id=${mail.id}" aria-current="${mail === open ? 'true' : 'false'}">
<strong>${mail.subject}</strong><span>${mail.to}</span>${timeOf(mail)}</a></li>`,
  )}</ol></nav>`;

const messageOf = (mail: Mail): Html => html`<article>
<h2>${mail.subject}</h2>
<p>To ${mail.to}, ${timeOf(mail)}</p>
<iframe title="${mail.subject}" sandbox="allow-popups allow-popups-to-escape-sandbox" srcdoc="${mail.html}"></iframe>
<details><summary>As plain text</summary><pre>${mail.text}</pre></details>
</article>`;

const timeOf = ({ sentAt }: Mail): Html =>
  html`<time datetime="${sentAt}">${sentAt.slice(0, 19).replace('T', ' ')} UTC</time>`;

const STYLE = html`
:root { color-scheme: light dark; --paper: oklch(0.985 0.006 85); --card: oklch(1 0 0); --ink: oklch(0.24 0.02 270);
  --muted: oklch(0.50 0.02 270); --line: oklch(0.90 0.008 85); --indigo: oklch(0.40 0.13 275); --saffron: oklch(0.78 0.15 75); }
@media (prefers-color-scheme: dark) { :root { --paper: oklch(0.19 0.015 270); --card: oklch(0.23 0.015 270); --ink: oklch(0.94 0.008 85);
  --muted: oklch(0.72 0.02 270); --line: oklch(0.32 0.015 270); --indigo: oklch(0.72 0.11 275); --saffron: oklch(0.80 0.14 75); } }
* { box-sizing: border-box; }
body { margin: 0; padding: 24px 16px; background: var(--paper); color: var(--ink);
  font: 15px/1.5 'Instrument Sans Variable', 'Instrument Sans', system-ui, sans-serif; }
header, main { max-width: 1200px; margin: 0 auto; }
h1, h2 { font-family: 'Bricolage Grotesque Variable', 'Bricolage Grotesque', Georgia, serif; line-height: 1.15; margin: 0; font-weight: 600; }
h1 { font-size: 30px; } h2 { font-size: 22px; }
p { margin: 8px 0 0; color: var(--muted); max-width: 66ch; }
a { color: var(--indigo); }
a:focus-visible, summary:focus-visible { outline: 2px solid var(--indigo); outline-offset: 2px; border-radius: 6px; }
main { display: grid; grid-template-columns: minmax(260px, 4fr) 8fr; gap: 24px; margin-top: 24px; align-items: start; }
main.empty { display: block; padding: 32px; border: 1px dashed var(--line); border-radius: 10px; }
ol { list-style: none; margin: 0; padding: 0; border-top: 1px solid var(--line); max-height: 80vh; overflow: auto; }
li { border-bottom: 1px solid var(--line); }
li a { display: grid; padding: 12px; color: inherit; text-decoration: none; border-left: 3px solid transparent; overflow-wrap: anywhere; }
li a[aria-current=true] { background: var(--card); border-left-color: var(--saffron); }
li span, time { color: var(--muted); font-size: 13px; font-variant-numeric: tabular-nums; }
article { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 24px; min-width: 0; }
iframe { width: 100%; height: 70vh; margin: 16px 0; border: 1px solid var(--line); border-radius: 6px; background: var(--paper); }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
@media (max-width: 720px) { main { grid-template-columns: 1fr; } ol { max-height: 40vh; } }
`;
