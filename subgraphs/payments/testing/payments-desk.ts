import { inProject } from '#platform/config/root.ts';
import { newId } from '#platform/database/id.ts';
import { applyMigrations } from '#platform/database/migrate.ts';
import { Context } from '#platform/graphql/context.ts';
import { formatSubgraphError } from '#platform/graphql/format-error.ts';
import { buildSubgraph } from '#platform/graphql/subgraph-schema.ts';
import { setRoutes } from '#platform/outbox/routes.ts';
import { localTransport } from '#platform/transport/local.ts';
import { orderConfirmed } from '#subgraphs/orders/contracts/orders.events.ts';
import { paymentCharge, paymentChargeVoid, paymentRefund, paymentTotals } from '../contracts/charges.ts';
import { paymentRefunded, paymentSettled } from '../contracts/payments.events.ts';
import { paymentAuthorize, paymentCaptured, paymentConfirm, paymentVoid } from '../contracts/payments.ts';
import { database } from '../database.ts';
import { capturePayment } from '../listeners/capture.listener.ts';
import { payments } from '../subgraph.ts';

/** Payments on a database of its own, asked as orders asks it. */
export interface PaymentsDesk {
  readonly context: Context;
  authorize(orderId: string, more?: Partial<AuthorizeInput>): ReturnType<typeof askAuthorize>;
  charge(orderId: string, chargeId: string, more?: Partial<AuthorizeInput>): ReturnType<typeof askCharge>;
  capture(...orderIds: string[]): Promise<void>;
  confirm(orderId: string): ReturnType<typeof askConfirm>;
  giveUp(orderId: string): ReturnType<typeof askVoid>;
  giveUpCharge(orderId: string, chargeId: string): ReturnType<typeof askChargeVoid>;
  refund(
    orderId: string,
    amount: string,
    more?: { refundId?: string; currency?: string },
  ): ReturnType<typeof askRefund>;
  totals(orderId: string): Promise<{ authorized: string; captured: string; refunded: string } | null>;
  /** What was announced of an order, as topic and payload. */
  announced(orderId: string): Promise<{ topic: string; payload: Record<string, unknown> }[]>;
  sql<Row>(text: string, values?: unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

interface AuthorizeInput {
  amount: string;
  currency: string;
  token: string;
}

const ASKED = {
  orderNumber: 'S-1',
  amount: '44.90',
  currency: 'EUR',
  provider: null,
  token: 'pm_card_visa',
  email: 'a@b.c',
};

const askAuthorize = async (context: Context, orderId: string, more: Partial<AuthorizeInput> = {}) =>
  (await context.ask(paymentAuthorize, { input: { orderId, ...ASKED, ...more } })).paymentAuthorize;
const askCharge = async (context: Context, orderId: string, chargeId: string, more: Partial<AuthorizeInput> = {}) =>
  (await context.ask(paymentCharge, { input: { orderId, chargeId, ...ASKED, ...more } })).paymentCharge;
const askConfirm = async (context: Context, orderId: string) =>
  (await context.ask(paymentConfirm, { orderId })).paymentConfirm;
const askVoid = async (context: Context, orderId: string) => (await context.ask(paymentVoid, { orderId })).paymentVoid;
const askChargeVoid = async (context: Context, orderId: string, chargeId: string) =>
  (await context.ask(paymentChargeVoid, { orderId, chargeId })).paymentChargeVoid;
const askRefund = async (
  context: Context,
  orderId: string,
  amount: string,
  { refundId = newId('ref'), currency = 'EUR' } = {},
) => (await context.ask(paymentRefund, { input: { orderId, refundId, amount, currency, reason: null } })).paymentRefund;

/** Opens payments on an empty database. */
export async function openPaymentsDesk({ url, drop }: { url: string; drop(): Promise<void> }): Promise<PaymentsDesk> {
  setRoutes({ [paymentCaptured.topic]: ['told'], [paymentRefunded.topic]: ['told'], [paymentSettled.topic]: ['told'] });
  await applyMigrations(url, inProject('prisma/payments/migrations'));
  await database.open(url);
  const { schema } = await buildSubgraph(payments);
  const transport = localTransport({
    payments: {
      ...{ schema, formatError: formatSubgraphError },
      contextFor: (identity) => new Context('payments', transport, identity),
    },
  });
  const context = new Context('orders', transport, { viewer: null, caller: 'orders' });
  const sql = <Row>(text: string, values: unknown[] = []) =>
    database.transaction(async (client) => (await client.query(text, values)).rows as Row[]);
  return {
    ...{ context, sql },
    authorize: (...asked) => askAuthorize(context, ...asked),
    charge: (...asked) => askCharge(context, ...asked),
    capture: (...orderIds) =>
      capturePayment.handle(orderIds.map((orderId) => orderConfirmed({ orderId })) as never[], context),
    confirm: (orderId) => askConfirm(context, orderId),
    giveUp: (orderId) => askVoid(context, orderId),
    giveUpCharge: (...asked) => askChargeVoid(context, ...asked),
    refund: (...asked) => askRefund(context, ...asked),
    async totals(orderId) {
      const [totals] = (await context.ask(paymentTotals, { orderIds: [orderId] })).paymentTotals;
      return totals ? { authorized: totals.authorized, captured: totals.captured, refunded: totals.refunded } : null;
    },
    announced: (orderId) =>
      sql("SELECT topic, payload FROM outbox WHERE payload ->> 'orderId' = $1 ORDER BY created_at", [orderId]),
    async close() {
      await transport.close();
      await database.close();
      await drop();
    },
  };
}
