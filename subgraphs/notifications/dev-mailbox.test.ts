import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import { devMailbox, type Mail } from './dev-mailbox.ts';

const mail = (id: string, change: Partial<Mail> = {}): Mail => ({
  id,
  to: 'ada@example.com',
  subject: `Subject of ${id}`,
  text: 'Text',
  html: '<p title="a">Hello & welcome</p>',
  sentAt: '2026-11-21T08:00:00.000Z',
  ...change,
});

async function get(url: string, mails: Mail[], method = 'GET') {
  const answer = { status: 0, headers: {} as Record<string, string>, body: '' };
  const response = {
    writeHead(status: number, headers: Record<string, string>) {
      Object.assign(answer, { status, headers });
      return response;
    },
    end(body = '') {
      answer.body = body;
    },
  };
  await devMailbox(async () => mails)({ url, method } as IncomingMessage, response as unknown as ServerResponse);
  return answer;
}

test('the list as JSON has exactly the fields that were promised', async () => {
  const { status, headers, body } = await get('/dev/mail.json', [mail('mail_2'), mail('mail_1')]);
  expect([status, headers['content-type']]).toEqual([200, 'application/json; charset=utf-8']);
  const { id: _, ...shown } = mail('mail_2');
  expect(JSON.parse(body)).toEqual([shown, { ...shown, subject: 'Subject of mail_1' }]);
});

test('the page shows the newest mail, or the one asked for, inside a frame that runs nothing', async () => {
  const mails = [mail('mail_2'), mail('mail_1')];
  const newest = await get('/dev/mail', mails);
  expect(newest.status).toBe(200);
  expect(newest.headers['content-security-policy']).toMatch(/^default-src 'none';/);
  expect(newest.body).toContain('<h2>Subject of mail_2</h2>');
  expect(newest.body).toContain('srcdoc="&#60;p title=&#34;a&#34;&#62;Hello &#38; welcome&#60;/p&#62;"');
  expect(newest.body).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
  expect((await get('/dev/mail?id=mail_1', mails)).body).toContain('<h2>Subject of mail_1</h2>');
  expect((await get('/dev/mail?id=mail_gone', mails)).body).toContain('<h2>Subject of mail_2</h2>');
});

test('an empty mailbox says what to do', async () => {
  expect((await get('/dev/mail', [])).body).toContain('No mail yet.');
  expect((await get('/dev/mail.json', [])).body).toBe('[]');
});

test('what strangers wrote into a mail is text on the page', async () => {
  const { body } = await get('/dev/mail', [
    mail('mail_1', { subject: '<script>1</script>', to: '"><b>@x.de', text: '</pre><i>' }),
  ]);
  expect(body).not.toMatch(/<script>|<b>|<i>/);
});

test('the mailbox is only read', async () => {
  expect((await get('/dev/mail', [mail('mail_1')], 'POST')).status).toBe(405);
});
