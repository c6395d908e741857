import { graphql } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '#platform/database/id.ts';
import { Context } from '#platform/graphql/context.ts';
import { buildSubgraph } from '#platform/graphql/subgraph-schema.ts';
import { setRoutes } from '#platform/outbox/routes.ts';
import { createTestDatabase } from '#tests/test-database.ts';
import { giftCardForMail, giftCardIssued, giftCardsSpend } from '../contracts/gift-cards.ts';
import { paymentRefunded } from '../contracts/payments.events.ts';
import { paymentCaptured } from '../contracts/payments.ts';
import { brokenPaymentInvariants } from '../payments-invariants.ts';
import { payments } from '../subgraph.ts';
import { openPaymentsDesk, type PaymentsDesk } from '../testing/payments-desk.ts';
import { issueGiftCard } from './issue-gift-card.ts';

const TOLD = { [paymentCaptured.topic]: ['told'], [paymentRefunded.topic]: ['told'] };
let desk: PaymentsDesk;
beforeAll(async () => {
  desk = await openPaymentsDesk(await createTestDatabase('payments'));
  setRoutes({ ...TOLD, [giftCardIssued.topic]: ['told'] });
});
afterAll(() => desk.close());

const { schema } = await buildSubgraph(payments);
const issue = async (amount: string, currency = 'EUR', idempotencyKey = newId('k')) =>
  (await issueGiftCard('cus_staff', { amount: { amount, currency }, idempotencyKey })).code;
const spend = async (orderId: string, codes: string[], amount = '44.90', currency = 'EUR') =>
  (await desk.context.ask(giftCardsSpend, { input: { orderId, amount, currency, codes } })).giftCardsSpend;
const newOrder = () => newId('ord');

async function balance(code: string): Promise<string | null> {
  const contextValue = new Context('payments', null as never, { viewer: null, caller: 'router' });
  const source = 'query($code: String!) { giftCard(code: $code) { balance { amount } } }';
  const { data } = await graphql({ schema, source, variableValues: { code }, contextValue });
  return (data!.giftCard as { balance: { amount: string } } | null)?.balance.amount ?? null;
}

/** At the end of every test: card, ledger and payments agree. */
const expectBooksToAgree = async () => expect(await brokenPaymentInvariants()).toEqual([]);

test('a card is issued once a key, and found by its code however it is typed', async () => {
  const code = await issue('50.00', 'EUR', 'once');
  expect(code).toMatch(/^(?:[0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/);
  expect(await issue('50.00', 'EUR', 'once')).toBe(code);
  await expect(issue('60.00', 'EUR', 'once')).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
  await expect(issue('0')).rejects.toMatchObject({ code: 'AMOUNT_INVALID' });
  await expect(issue('1.001')).rejects.toMatchObject({ code: 'AMOUNT_INVALID' });
  expect(await balance(` ${code.toLowerCase().replaceAll('-', ' ')} `)).toBe('50.00');
  expect(await balance('0000-0000-0000-0000')).toBeNull();
  expect(await desk.sql("SELECT 1 FROM gift_card WHERE gift_card::text LIKE '%' || $1 || '%'", [code])).toEqual([]);
});

test('a card for somebody is announced once, without its code, which who writes the mail asks for', async () => {
  const input = { amount: { amount: '25.00', currency: 'EUR' }, email: 'ada@example.com', message: 'Well done' };
  const made = await Promise.all(
    [1, 2, 3].map(() => issueGiftCard('cus_staff', { ...input, idempotencyKey: 'mailed' })),
  );
  const rows = await desk.sql<{ payload: object }>(
    "SELECT payload FROM outbox WHERE topic = 'payments.gift-card-issued.v1'",
  );
  const giftCardId = made[0]!.giftCard.id;
  expect(rows).toMatchObject([{ payload: { giftCardId, email: 'ada@example.com', message: 'Well done' } }]);
  expect(JSON.stringify(rows)).not.toContain(made[0]!.code);
  const { giftCardForMail: card } = await desk.context.ask(giftCardForMail, { id: giftCardId });
  expect(card).toEqual({ code: made[0]!.code, amount: { amount: '25.00', currency: 'EUR' } });
  await expect(issueGiftCard('cus_staff', { ...input, email: 'no', idempotencyKey: 'x' })).rejects.toMatchObject({
    code: 'EMAIL_INVALID',
  });
});

test('22: a card pays part, a provider the rest; both are taken in one write, and a refund goes back to both', async () => {
  const [order, code] = [newOrder(), await issue('20.00')];
  expect(await spend(order, [code])).toEqual({ covered: '20.00', refusal: null });
  await desk.authorize(order, { amount: '24.90' });
  expect([await balance(code), await desk.totals(order)]).toEqual([
    '0.00',
    { authorized: '44.90', captured: '0.00', refunded: '0.00' },
  ]);
  await desk.capture(order);
  await desk.capture(order);
  expect(await desk.totals(order)).toEqual({ authorized: '44.90', captured: '44.90', refunded: '0.00' });
  const told = (await desk.announced(order)).filter(({ topic }) => topic.includes('captured'));
  expect(told).toMatchObject([{ payload: { capturedTotal: '44.90' } }]);
  expect((await desk.refund(order, '30.00')).status).toBe('SUCCEEDED');
  expect([await balance(code), (await desk.totals(order))!.refunded]).toEqual(['20.00', '30.00']);
  expect((await desk.refund(order, '14.91')).refusal!.code).toBe('amount_too_large');
  await expectBooksToAgree();
});

test('22: a card pays all: there is no other payment, and the order is told to be paid once', async () => {
  const [order, first, second] = [newOrder(), await issue('40.00'), await issue('100.00')];
  expect(await spend(order, [first, second, first])).toEqual({ covered: '44.90', refusal: null });
  expect([await balance(first), await balance(second)]).toEqual(['0.00', '95.10']);
  await desk.capture(order);
  const told = await desk.announced(order);
  expect(told).toMatchObject([{ payload: { capturedTotal: '44.90' } }]);
  expect(await desk.totals(order)).toEqual({ authorized: '44.90', captured: '44.90', refunded: '0.00' });
  await expectBooksToAgree();
});

test('a card is exact in yen and dinars, and pays nothing in another currency', async () => {
  const [yen, dinars] = [await issue('5000', 'JPY'), await issue('1.001', 'KWD')];
  expect(await spend(newOrder(), [yen], '4999', 'JPY')).toEqual({ covered: '4999', refusal: null });
  expect(await spend(newOrder(), [dinars], '2.500', 'KWD')).toEqual({ covered: '1.001', refusal: null });
  expect([await balance(yen), await balance(dinars)]).toEqual(['1', '0.000']);
  expect((await spend(newOrder(), [yen], '10.00')).refusal!.code).toBe('gift_card_currency');
  expect((await spend(newOrder(), [dinars], '1.000', 'KWD')).refusal!.code).toBe('gift_card_empty');
  expect((await spend(newOrder(), ['nobody'])).refusal!.code).toBe('gift_card_unknown');
});

test('what was held is free again when the order is given up, before and after it was taken, once', async () => {
  const [code, held, taken, early] = [await issue('100.00'), newOrder(), newOrder(), newOrder()];
  await spend(held, [code]);
  await Promise.all(Array.from({ length: 5 }, () => desk.giveUp(held)));
  expect(await balance(code)).toBe('100.00');
  await spend(taken, [code]);
  await desk.capture(taken);
  expect(await balance(code)).toBe('55.10');
  await Promise.all(Array.from({ length: 5 }, () => desk.giveUp(taken)));
  expect(await balance(code)).toBe('100.00');
  await desk.giveUp(early);
  expect((await spend(early, [code])).refusal!.code).toBe('order_given_up');
  expect(await balance(code)).toBe('100.00');
  await expectBooksToAgree();
});

test('twenty orders at once on one card spend what it has and never more; all give it back', async () => {
  const code = await issue('100.00');
  const orders = Array.from({ length: 20 }, newOrder);
  const answers = await Promise.all(orders.map((order) => spend(order, [code], '30.00')));
  const spent = answers.map(({ covered }) => Number(covered)).reduce((a, b) => a + b, 0);
  expect(spent).toBeLessThanOrEqual(100);
  expect(Number(await balance(code))).toBe(100 - spent);
  for (const { refusal } of answers)
    expect([undefined, 'gift_card_changed', 'gift_card_empty']).toContain(refusal?.code);
  await Promise.all(orders.map((order) => desk.giveUp(order)));
  expect(await balance(code)).toBe('100.00');
  await expectBooksToAgree();
});

test('one order asked ten times at once, and given up beside, holds once or nothing', async () => {
  for (let i = 0; i < 8; i++) {
    const [order, code] = [newOrder(), await issue('100.00')];
    await Promise.all(Array.from({ length: 10 }, () => spend(order, [code])));
    expect(await balance(code)).toBe('55.10');
    const other = newOrder();
    await Promise.all([spend(other, [code]), desk.giveUp(other), spend(other, [code])]);
    await desk.giveUp(other);
    expect(await balance(code)).toBe('55.10');
  }
  await expectBooksToAgree();
});

test('two refunds at once never give a card more than it paid', async () => {
  const [order, code] = [newOrder(), await issue('44.90')];
  await spend(order, [code]);
  await desk.capture(order);
  const answers = await Promise.all(Array.from({ length: 6 }, () => desk.refund(order, '20.00')));
  expect(answers.filter(({ status }) => status === 'SUCCEEDED')).toHaveLength(2);
  expect(await balance(code)).toBe('40.00');
  await expectBooksToAgree();
});

test('the auditor tells a card whose balance is not what its uses come to', async () => {
  const [order, code] = [newOrder(), await issue('50.00')];
  await spend(order, [code]);
  await desk.sql('UPDATE gift_card SET balance = balance + 1 WHERE ending = $1', [code.slice(-4)]);
  expect((await brokenPaymentInvariants()).map(({ invariant }) => invariant)).toEqual(['gift-card']);
});

test('the auditor tells a payment that says another thing than the card that paid it', async () => {
  const [order, code] = [newOrder(), await issue('50.00')];
  await spend(order, [code]);
  await desk.capture(order);
  await desk.refund(order, '5.00');
  const found = async () => (await brokenPaymentInvariants()).filter(({ invariant }) => invariant === 'gift-use');
  expect(await found()).toEqual([]);
  const { id } = (
    await desk.sql<{ id: string }>("SELECT id FROM payment WHERE order_id = $1 AND provider = 'gift-card'", [order])
  )[0]!;
  for (const [breaks, mends] of [
    ["status = 'HELD'", "status = 'CAPTURED'"],
    ['refunded = refunded + 1', 'refunded = refunded - 1'],
    ['amount = amount + 1', 'amount = amount - 1'],
  ]) {
    await desk.sql(`UPDATE gift_use SET ${breaks} WHERE key LIKE $1`, [`${order}/%`]);
    expect((await found()).map(({ subject }) => subject)).toEqual([id]);
    await desk.sql(`UPDATE gift_use SET ${mends} WHERE key LIKE $1`, [`${order}/%`]);
  }
  expect(await found()).toEqual([]);
});
