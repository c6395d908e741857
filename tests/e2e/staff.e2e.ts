import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { inProject } from '#platform/config/root.ts';
import { type ApiClient, apiClient } from '#tests/program/api-client.ts';
import { createProgramDatabases, type ProgramDatabases } from '#tests/program/databases.ts';
import { freePort, startProcess, untilReady } from '#tests/program/processes.ts';
import { type Program, startProgram } from '#tests/program/program.ts';
import { buy, signIn, variantsInStock } from '#tests/program/shopper.ts';
import { findChromium, launchChromium } from './chromium.ts';

const running = inject('running');
let databases: ProgramDatabases;
let program: Program;
let guest: ApiClient;
let staff: ApiClient;
let cookie: string;
let metricsPort: number;

beforeAll(async () => {
  const { postgresUrl, redisUrl, shape, filesDir, seed } = running;
  const from = { url: (name: string) => seed[`${name.toUpperCase()}_DATABASE_URL`]! } as ProgramDatabases;
  databases = await createProgramDatabases(postgresUrl, from);
  metricsPort = await freePort();
  // One process can have the port; with more of them the worker below has one.
  const metrics = shape === 'all' ? { METRICS_PORT: String(metricsPort) } : null;
  // Parcels that move would have mails of their own to park.
  const env = { JOB_ATTEMPTS: '2', JOB_BACKOFF_MS: '20', FULFILLMENT: 'manual', ...metrics };
  program = await startProgram({ shape, databases, redisUrl: redisUrl && `${redisUrl}/6`, filesDir, env });
  guest = apiClient(program.routerUrl);
  staff = apiClient(program.routerUrl, await signIn(guest, 'admin@souk.test'));
});

afterAll(async () => {
  await program?.stop();
  await databases?.drop();
});

interface Parked {
  id: string;
  consumer: string;
  event: string;
  reason: string;
  attempts: number;
  payload: string;
}

const parked = async () =>
  (
    await staff.ask<{ parkedJobs: { nodes: Parked[]; totalCount: number } }>(
      '{ parkedJobs { totalCount nodes { id consumer event reason attempts payload } } }',
    )
  ).parkedJobs;

const mailsOf = async (orderId: string) =>
  (
    await databases.query<{ count: number }>(
      'notifications',
      `SELECT count(*)::int AS count FROM mailbox WHERE kind = 'order-confirmation' AND subject_id = $1`,
      [orderId],
    )
  )[0]!.count;

const breakMails = () => databases.query('notifications', 'ALTER TABLE mailbox RENAME TO mailbox_away');
const mendMails = () => databases.query('notifications', 'ALTER TABLE mailbox_away RENAME TO mailbox');

/** An order whose confirmation cannot be written, until the job that should is parked. */
async function parkOne(): Promise<{ orderId: string; job: Parked }> {
  await breakMails();
  const [variant] = await variantsInStock(guest);
  const { order } = await buy(guest, [{ variantId: variant!.id, quantity: 1 }]);
  await expect.poll(async () => (await parked()).totalCount, { timeout: 20_000 }).toBe(1);
  await mendMails();
  return { orderId: order.id, job: (await parked()).nodes[0]! };
}

test('30: a parked job shows its reason to staff alone, and sends its mail once when staff retries it', async () => {
  const { orderId, job } = await parkOne();
  expect(job).toMatchObject({
    consumer: 'notifications-confirmation',
    event: 'orders.order-confirmed.v1',
    attempts: 2,
  });
  expect(job.reason).toContain('mailbox');
  expect(JSON.parse(job.payload)).toMatchObject([{ orderId }]);

  const shopper = apiClient(program.routerUrl, await signIn(guest, 'shopper@souk.test'));
  for (const [api, code] of [
    [guest, 'UNAUTHENTICATED'],
    [shopper, 'FORBIDDEN'],
  ] as const) {
    const read = await api.send('{ parkedJobs { totalCount } }');
    expect(read.errors?.[0]?.extensions?.code).toBe(code);
    const retried = await api.send(RETRY, { input: { id: job.id } });
    expect(retried.errors?.[0]?.extensions?.code).toBe(code);
  }
  expect(await mailsOf(orderId)).toBe(0);

  const both = await Promise.all([1, 2].map(() => staff.ask<Retried>(RETRY, { input: { id: job.id } })));
  expect(both.filter(({ parkedJobRetry }) => parkedJobRetry.job).length).toBeGreaterThan(0);
  await expect.poll(() => mailsOf(orderId)).toBe(1);
  expect(await parked()).toEqual({ totalCount: 0, nodes: [] });
  const again = await staff.ask<Retried>(RETRY, { input: { id: job.id } });
  expect(again.parkedJobRetry).toEqual({ job: null, userErrors: [{ code: 'JOB_NOT_FOUND' }] });
  expect(await mailsOf(orderId)).toBe(1);
});

const RETRY =
  'mutation($input: ParkedJobRetryInput!) { parkedJobRetry(input: $input) { job { id } userErrors { code } } }';
interface Retried {
  parkedJobRetry: { job: { id: string } | null; userErrors: { code: string }[] };
}

test('the page of queues is for staff who signed in there, and takes nothing from other sites', async () => {
  const at = (path: string, options: RequestInit = {}) =>
    fetch(`${program.routerUrl}${path}`, { redirect: 'manual', ...options });
  const signInAs = (email: string, headers: Record<string, string> = {}, password = 'souk-demo-2026') =>
    at('/staff/sign-in', { method: 'POST', headers, body: new URLSearchParams({ email, password }) });

  for (const path of [
    '/staff',
    '/staff/queues',
    '/staff/queues/queue/payments-capture',
    '/staff/queues/static/favicon.ico',
  ]) {
    const page = await at(path, { headers: { cookie: 'souk_staff=eyJhbGciOiJub25lIn0.e30.' } });
    expect(page.status).toBe(401);
    expect(await page.text()).toContain('<form method="post" action="/staff/sign-in">');
  }
  const data = await at('/staff/queues/api/queues');
  expect([data.status, await data.json()]).toEqual([401, { error: 'Sign in at /staff first.' }]);

  const refusals = [
    await signInAs('shopper@souk.test'),
    await signInAs('admin@souk.test', {}, 'not the password'),
    await signInAs('admin@souk.test', { origin: 'https://elsewhere.example' }),
    await signInAs('admin@souk.test', { 'sec-fetch-site': 'cross-site' }),
  ];
  expect(refusals.map(({ status }) => status)).toEqual([403, 401, 403, 403]);
  for (const refusal of refusals) expect(refusal.headers.get('set-cookie')).toBeNull();

  const signedIn = await signInAs('admin@souk.test', { origin: program.routerUrl });
  expect([signedIn.status, signedIn.headers.get('location')]).toEqual([303, '/staff/queues']);
  const set = signedIn.headers.get('set-cookie')!;
  expect(set).toMatch(/^souk_staff=[\w.-]+; Path=\/staff; HttpOnly; SameSite=Strict; Max-Age=900$/);
  cookie = set.split(';')[0]!;

  const page = await (await at('/staff/queues', { headers: { cookie } })).text();
  expect(page).not.toMatch(/(?:src|href)="https?:|<%/);
  for (const [, asset] of page.matchAll(/(?:src|href)="(static[^"]+)"/g)) {
    expect((await at(`/staff/queues/${asset}`, { headers: { cookie } })).status).toBe(200);
  }
  for (const outside of ['/staff/queues/static/..%2f..%2fpackage.json', '/staff/queues/static/../../package.json'])
    expect(await (await at(outside, { headers: { cookie } })).text()).not.toContain('"version"');
});

const chromium = findChromium();

test.skipIf(!chromium)('in a browser the page of queues draws itself from this shop alone', async () => {
  const browser = await launchChromium(chromium!);
  try {
    const page = await browser.newPage();
    const complaints: string[] = [];
    const elsewhere: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('request', (request) => request.url().startsWith(program.routerUrl) || elsewhere.push(request.url()));
    await page.goto(`${program.routerUrl}/staff/queues`);
    await page.getByLabel('E-mail').fill('admin@souk.test');
    await page.getByLabel('Password').fill('souk-demo-2026');
    // The page before it was a 401, of which the browser complains.
    complaints.length = 0;
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('payments-capture').first().waitFor();
    await page.screenshot({ path: inProject('tests/artifacts', 'queues.png') });
    expect(elsewhere.filter((url) => !url.startsWith('data:'))).toEqual([]);
    expect(complaints).toEqual([]);
  } finally {
    await browser.close();
  }
});

test('signing out ends the session and takes the cookie; without one there is nothing to sign out of', async () => {
  const at = (path: string, options: RequestInit = {}) =>
    fetch(`${program.routerUrl}${path}`, { redirect: 'manual', ...options });
  const form = new URLSearchParams({ email: 'admin@souk.test', password: 'souk-demo-2026' });
  const signedIn = await at('/staff/sign-in', { method: 'POST', body: form });
  const own = signedIn.headers.get('set-cookie')!.split(';')[0]!;
  const open = () =>
    databases.query<{ count: number }>('accounts', 'SELECT count(*)::int AS count FROM session WHERE ended_at IS NULL');
  const [before] = await open();
  expect(await (await at('/staff/sign-out', { headers: { cookie: own } })).text()).toContain(
    '<button>Sign out</button>',
  );
  expect((await at('/staff/sign-out', { method: 'POST' })).status).toBe(401);
  expect(await open()).toEqual([before]);
  const out = await at('/staff/sign-out', { method: 'POST', headers: { cookie: own } });
  expect([out.status, out.headers.get('set-cookie')]).toEqual([
    303,
    'souk_staff=; Path=/staff; HttpOnly; SameSite=Strict; Max-Age=0',
  ]);
  expect(await open()).toEqual([{ count: before!.count - 1 }]);
  const tooLong = await at('/staff/sign-in', { method: 'POST', body: 'e'.repeat(20_000) });
  expect(tooLong.status).toBe(413);
});

test('30: a parked job is retried on the page of queues, and noted with who did it', async () => {
  const { orderId, job } = await parkOne();
  const [consumer, id] = [job.consumer, job.id.slice(job.consumer.length + 1)];
  const put = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${program.routerUrl}/staff/queues/api/queues/${path}`, { method: 'PUT', headers: { cookie, ...headers } });

  const seen = await fetch(`${program.routerUrl}/staff/queues/api/queues?activeQueue=${consumer}&status=failed`, {
    headers: { cookie },
  });
  const { queues } = (await seen.json()) as { queues: { name: string; counts: { failed: number } }[] };
  expect(queues.find(({ name }) => name === consumer)?.counts.failed).toBe(1);

  const refused = [
    await put(`${consumer}/${id}/retry`, { origin: 'https://elsewhere.example' }),
    await put(`${consumer}/${id}/retry`, { cookie: '' }),
    await put(`${consumer}/${id}/clean`),
    await put(`${consumer}/obliterate`),
    await put(`${consumer}/clean/failed`),
  ];
  expect(refused.map(({ status }) => status)).toEqual([403, 401, 403, 403, 403]);
  expect((await parked()).totalCount).toBe(1);

  expect((await put(`${consumer}/${id}/retry`)).status).toBeLessThan(300);
  await expect.poll(() => mailsOf(orderId)).toBe(1);
  expect((await parked()).totalCount).toBe(0);
  const { staffDeeds } = await staff.ask<{ staffDeeds: { nodes: { deed: string; subject: string }[] } }>(
    '{ staffDeeds(first: 1) { nodes { deed subject } } }',
  );
  expect(staffDeeds.nodes).toEqual([{ deed: 'parked-job-retry', subject: job.id }]);
});

test('a discarded job never comes back, and who discarded it is known', async () => {
  const { orderId, job } = await parkOne();
  const discard = (note: string) =>
    staff.ask<{ parkedJobDiscard: { job: { id: string } | null; userErrors: { code: string }[] } }>(
      'mutation($input: ParkedJobDiscardInput!) { parkedJobDiscard(input: $input) { job { id } userErrors { code } } }',
      { input: { id: job.id, note } },
    );
  expect((await discard(' ')).parkedJobDiscard).toEqual({ job: null, userErrors: [{ code: 'NOTE_INVALID' }] });
  expect((await parked()).totalCount).toBe(1);
  expect((await discard('The shopper was told by phone.')).parkedJobDiscard).toEqual({
    job: { id: job.id },
    userErrors: [],
  });
  expect((await parked()).totalCount).toBe(0);
  await expect.poll(() => databases.query('orders', 'SELECT id FROM outbox')).toEqual([]);
  expect(await mailsOf(orderId)).toBe(0);
  const { staffDeeds } = await staff.ask<{ staffDeeds: { nodes: { deed: string; note: string }[] } }>(
    '{ staffDeeds(first: 1) { nodes { deed note } } }',
  );
  expect(staffDeeds.nodes).toEqual([{ deed: 'parked-job-discard', note: 'The shopper was told by phone.' }]);
});

test('all parked jobs of a consumer are read in pages and retried at once', async () => {
  await breakMails();
  const [variant] = await variantsInStock(guest);
  const orders = [];
  for (let i = 0; i < 3; i++) orders.push((await buy(guest, [{ variantId: variant!.id, quantity: 1 }])).order.id);
  await expect.poll(async () => (await parked()).totalCount, { timeout: 20_000 }).toBe(3);
  await mendMails();
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const { parkedJobs }: { parkedJobs: { nodes: Parked[]; pageInfo: { hasNextPage: boolean; endCursor: string } } } =
      await staff.ask(
        'query($after: String) { parkedJobs(first: 2, after: $after) { nodes { payload } pageInfo { hasNextPage endCursor } } }',
        { after },
      );
    seen.push(...parkedJobs.nodes.map(({ payload }) => JSON.parse(payload)[0].orderId));
    after = parkedJobs.pageInfo.hasNextPage ? parkedJobs.pageInfo.endCursor : null;
  } while (after);
  expect(seen.sort()).toEqual(orders.sort());

  const retry = (consumer: string) =>
    staff.ask(
      'mutation($input: ParkedJobsRetryInput!) { parkedJobsRetry(input: $input) { retried userErrors { code } } }',
      { input: { consumer } },
    );
  expect(await retry('nobody')).toEqual({
    parkedJobsRetry: { retried: null, userErrors: [{ code: 'CONSUMER_NOT_FOUND' }] },
  });
  expect(await retry('notifications-confirmation')).toEqual({ parkedJobsRetry: { retried: 3, userErrors: [] } });
  for (const order of orders) await expect.poll(() => mailsOf(order)).toBe(1);
  const { queues } = await staff.ask<{ queues: { consumer: string; parked: number }[] }>(
    '{ queues { consumer parked } }',
  );
  expect(queues.find(({ consumer }) => consumer === 'notifications-confirmation')?.parked).toBe(0);
});

// In the split shape every process would want this port; it is defined for one process, not skipped.
if (running.shape === 'all') {
  test('answers of orderPlace are counted by what became of them', async () => {
    const metrics = async () => (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    const [variant] = await variantsInStock(guest);
    const before = Number(/^souk_orders_placed_total\{outcome="PLACED"\} (\d+)$/m.exec(await metrics())?.[1]);
    await buy(guest, [{ variantId: variant!.id, quantity: 1 }]);
    await guest.ask('mutation($input: OrderPlaceInput!) { orderPlace(input: $input) { userErrors { code } } }', {
      input: { cartId: 'cart_none', idempotencyKey: 'k' },
    });
    const after = await metrics();
    expect(after).toMatch(new RegExp(`^souk_orders_placed_total\\{outcome="PLACED"\\} ${before + 1}$`, 'm'));
    expect(after).toMatch(/^souk_orders_placed_total\{outcome="CART_NOT_FOUND"\} 1$/m);
    expect(after).toMatch(/^souk_jobs_total\{consumer="notifications-confirmation",outcome="parked"\} [1-9]/m);
    expect(after).toMatch(/^souk_audit_findings\{invariant="books.owed"\} 0$/m);
  });
}

test('a worker says how it is, and tells Prometheus of jobs, queues, outboxes and sagas', async () => {
  const { redisUrl, filesDir } = running;
  const port = await freePort();
  const worker = startProcess('worker', process.execPath, [inProject('build/server/main.js')], {
    ...databases.env,
    ...(redisUrl ? { REDIS_URL: `${redisUrl}/6` } : {}),
    ...Object.fromEntries(
      Object.entries(program.ports).map(([name, at]) => [
        `${name.toUpperCase()}_URL`,
        `http://127.0.0.1:${at}/graphql`,
      ]),
    ),
    NODE_ENV: 'production',
    SOUK_SECRET: 'the secret of a program under test, never of a real one',
    FILES_DIR: filesDir,
    TARGET: 'all',
    ROLE: 'worker',
    METRICS_PORT: String(port),
  });
  try {
    const at = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
    await untilReady(`http://127.0.0.1:${port}/health/ready`, worker);
    expect((await at('/health/live')).status).toBe(200);
    const metrics = async () => (await at('/metrics')).text();
    // What the orders of the tests before announced is handled first.
    await expect.poll(metrics, { timeout: 20_000 }).toMatch(/^souk_outbox_rows\{subgraph="orders"\} 0$/m);
    const first = await metrics();
    expect(first).toMatch(/^souk_queue_jobs\{consumer="payments-capture",state="parked"\} 0$/m);
    expect(first).toMatch(/^souk_outbox_oldest_seconds\{subgraph="payments"\} 0$/m);
    expect(first).toMatch(/^souk_pg_pool_connections\{subgraph="orders",state="idle"\} \d+$/m);
    expect(first).toMatch(/^souk_event_loop_delay_seconds\{quantile="0.99"\} [\d.e-]+$/m);

    await databases.query(
      'orders',
      `INSERT INTO outbox (id, topic, consumer, payload) VALUES ('evt_X-nobody', 'orders.nobody.v1', 'nobody', '{}')`,
    );
    await expect.poll(metrics).toMatch(/^souk_outbox_rows\{subgraph="orders"\} 1$/m);
    await databases.query('orders', `DELETE FROM outbox WHERE id = 'evt_X-nobody'`);

    // Both programs take jobs; of several orders some are this one's.
    const [variant] = await variantsInStock(guest);
    for (let i = 0; i < 6; i++) await buy(guest, [{ variantId: variant!.id, quantity: 1 }]);
    await expect
      .poll(metrics, { timeout: 20_000 })
      .toMatch(/^souk_jobs_total\{consumer="[\w-]+",outcome="done"\} [1-9]/m);
    expect(await metrics()).toMatch(/^souk_job_duration_seconds_count\{consumer="[\w-]+"\} [1-9]/m);

    const exit = worker.stop();
    expect(await exit).toBe(0);
  } finally {
    await worker.stop('SIGKILL');
  }
});
