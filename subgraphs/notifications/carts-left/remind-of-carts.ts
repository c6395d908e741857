import type { Context } from '#platform/graphql/context.ts';
import { onceEvery } from '#platform/schedule/once-every.ts';
import type { Running } from '#platform/subgraph/subgraph.ts';
import { customersByIds } from '#subgraphs/accounts/contracts/accounts.ts';
import { type LeftCart, leftCarts } from '#subgraphs/carts/contracts/left-carts.ts';
import { unsubscribedOf } from '../choices/choices.records.ts';
import { NoticeKind } from '../choices/notice-kind.ts';
import { mailKey, unsubscribeLinks } from '../choices/unsubscribe-token.ts';
import { notificationsConfig } from '../config.ts';
import { database } from '../database.ts';
import { shopMailer } from '../mailer/shop-mailer.ts';
import { cartReminderMail } from '../mails/cart-reminder.mail.tsx';

const CONSUMER = 'notifications-cart-reminder';
const EVERY_MS = 10 * 60_000;
/** A cart that was left longer ago, as while the shop was down, is not brought up any more. */
const WINDOW_HOURS = 24;

/** Looks once in ten minutes, whichever process does. */
export const startReminding = (contextFor: (viewer: null) => Context): Running[] =>
  notificationsConfig.cartReminderHours === 0
    ? []
    : [
        onceEvery(database, { name: 'cart-reminders', periodMs: EVERY_MS }, () =>
          remindOfCarts(contextFor(null), notificationsConfig.cartReminderHours),
        ),
      ];

/** Writes once about each cart that was left alone for so long, and after which nothing was ordered. */
export async function remindOfCarts(context: Context, hours: number): Promise<void> {
  for (let after: string | null = null; ; ) {
    const carts: LeftCart[] = await askFor(context, hours, after);
    await write(await addressed(context, carts));
    const last = carts.at(-1);
    if (!last) return;
    after = last.cursor;
  }
}

async function askFor(context: Context, hours: number, after: string | null): Promise<LeftCart[]> {
  return (await context.ask(leftCarts, { sinceHours: hours + WINDOW_HOURS, untilHours: hours, after })).leftCarts;
}

interface Addressed extends LeftCart {
  address: string;
}

/** With where to write to, without those that were told already or want no such mail; one an address. */
async function addressed(context: Context, carts: readonly LeftCart[]): Promise<Addressed[]> {
  if (carts.length === 0) return [];
  const ids = [...new Set(carts.flatMap(({ email, customerId }) => (email || !customerId ? [] : [customerId])))];
  const { customersByIds: found } =
    ids.length > 0 ? await context.ask(customersByIds, { ids }) : { customersByIds: [] };
  const emails = new Map(found.flatMap((customer) => (customer ? [[customer.id, customer.email] as const] : [])));
  const told = await database.prisma.handled.findMany({
    where: { consumer: CONSUMER, eventId: { in: carts.map(({ reference }) => reference) } },
    select: { eventId: true },
  });
  const known = new Set(told.map(({ eventId }) => eventId));
  const fresh = carts.flatMap((cart) => {
    const address = cart.email ?? emails.get(cart.customerId ?? '');
    return address && !known.has(cart.reference) ? [{ ...cart, address }] : [];
  });
  const ended = await unsubscribedOf(
    fresh.map(({ address }) => address),
    NoticeKind.CART_REMINDERS,
  );
  return fresh.filter(({ address }) => !ended.has(mailKey(address)));
}

async function write(carts: readonly Addressed[]): Promise<void> {
  const mails = carts.map(async ({ reference, address, lines }) => ({
    mail: {
      ...{ kind: 'cart-reminder' as const, subjectId: reference, to: address },
      ...(await cartReminderMail(lines, unsubscribeLinks(address, NoticeKind.CART_REMINDERS))),
    },
    cause: { eventId: reference, consumer: CONSUMER },
  }));
  if (mails.length > 0) await shopMailer.sendAll(await Promise.all(mails));
}
