import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newId } from '#platform/database/id.ts';
import { Hopeless } from '#platform/queue/queues.ts';
import { openTestDatabase } from '#tests/test-database.ts';
import { database } from '../database.ts';
import type { Mail } from './mailer.ts';
import { smtpMailer, smtpTransport } from './smtp-mailer.ts';

/** What the mail server got, message by message. */
let received: string[] = [];
/** What it answers to the recipient. */
let recipientAnswer = '250 ok';
let server: Server;
let mailer: ReturnType<typeof smtpMailer>;
let close: () => Promise<void>;

beforeAll(async () => {
  close = await openTestDatabase(database);
  server = await startMailServer();
  const { port } = server.address() as { port: number };
  mailer = smtpMailer(smtpTransport(`smtp://127.0.0.1:${port}`), 'Souk <hello@souk.test>');
});
afterAll(async () => {
  await mailer.close();
  server.close();
  await close();
});
beforeEach(() => {
  received = [];
  recipientAnswer = '250 ok';
});

const MAIL: Mail = {
  kind: 'order-confirmation',
  subjectId: 'ord_1',
  to: 'ada@example.com',
  subject: 'Your order',
  text: 'Thank you',
  html: '<p>Thank you</p>',
};
const cause = () => ({ eventId: newId('evt'), consumer: 'notifications-confirmation' });
const idsOf = (messages: string[]) => messages.map((message) => /^Message-ID: (.*)$/im.exec(message)?.[1]);
const handled = (eventId: string) => database.prisma.handled.count({ where: { eventId } });

test('sends text and HTML under a Message-ID of kind and order, and not again for the same event', async () => {
  const event = cause();
  await mailer.send(MAIL, event);
  await mailer.send(MAIL, event);
  expect(idsOf(received)).toEqual(['<order-confirmation.ord_1@souk.test>']);
  for (const part of ['From: Souk <hello@souk.test>', 'To: ada@example.com', 'Thank you', '<p>Thank you</p>']) {
    expect(received[0]).toContain(part);
  }
  expect(await database.prisma.mail.count()).toBe(0);
});

test('what nobody has to send carries the one click that ends it; what is about an order does not', async () => {
  await mailer.send(MAIL, cause());
  const oneClick = 'https://api.souk.example/unsubscribe?token=abc';
  await mailer.send({ ...MAIL, kind: 'cart-reminder', subjectId: 'cart_1', oneClick }, cause());
  expect(received[0]).not.toContain('List-Unsubscribe');
  expect(received[1]).toContain(`List-Unsubscribe: <${oneClick}>`);
  expect(received[1]).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
});

test('30: what is sent again after a crash has the same Message-ID', async () => {
  const event = cause();
  await mailer.send(MAIL, event);
  await database.prisma.handled.delete({ where: { eventId_consumer: event } });
  await mailer.send(MAIL, event);
  expect(idsOf(received)).toEqual(Array(2).fill('<order-confirmation.ord_1@souk.test>'));
});

test('a server that is busy is tried again; one that never takes the recipient ends it', async () => {
  const event = cause();
  recipientAnswer = '451 later';
  const busy = await mailer.send(MAIL, event).catch((reason) => reason);
  expect([busy instanceof Error, busy instanceof Hopeless]).toEqual([true, false]);
  expect(await handled(event.eventId)).toBe(0);

  recipientAnswer = '550 no such mailbox';
  const refused = await mailer.send(MAIL, event).catch((reason) => reason);
  expect(refused).toBeInstanceOf(Hopeless);
  expect(refused.message).toBe('The mail server refused the recipient with 550.');

  recipientAnswer = '250 ok';
  await mailer.send(MAIL, event);
  expect([received.length, await handled(event.eventId)]).toEqual([1, 1]);
});

/** As much of SMTP (RFC 5321) as one client needs. */
function startMailServer(): Promise<Server> {
  const answers: [RegExp, () => string][] = [
    [/^(EHLO|HELO|MAIL|RSET|NOOP)/i, () => '250 ok'],
    [/^RCPT/i, () => recipientAnswer],
    [/^DATA/i, () => '354 go on'],
    [/^QUIT/i, () => '221 bye'],
  ];
  const mailServer = createServer((socket) => {
    let unread = '';
    let inMessage = false;
    socket.on('error', () => undefined).write('220 ready\r\n');
    socket.on('data', (chunk) => {
      unread += chunk;
      for (;;) {
        const mark = inMessage ? '\r\n.\r\n' : '\r\n';
        const end = unread.indexOf(mark);
        if (end < 0) return;
        const piece = unread.slice(0, end);
        unread = unread.slice(end + mark.length);
        if (inMessage) received.push(piece);
        const answer = inMessage ? '250 taken' : (answers.find(([form]) => form.test(piece))?.[1]() ?? '502 unknown');
        inMessage = answer.startsWith('354');
        socket.write(`${answer}\r\n`);
      }
    });
  });
  return new Promise((resolve) => mailServer.listen(0, '127.0.0.1', () => resolve(mailServer)));
}
