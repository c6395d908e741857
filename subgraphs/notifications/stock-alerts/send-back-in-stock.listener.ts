import type { Context } from '#platform/graphql/context.ts';
import { defineListener } from '#platform/outbox/listener.ts';
import type { StockWish } from '#prisma/notifications/generated/client.ts';
import { productHandle } from '#subgraphs/catalog/contracts/product-handle.ts';
import { type VariantForSale, variantsForSale } from '#subgraphs/catalog/contracts/variants-for-sale.ts';
import { stockTurned } from '#subgraphs/inventory/contracts/inventory.events.ts';
import { stockLevels } from '#subgraphs/inventory/contracts/stock.ts';
import { SHOP } from '#subgraphs/pricing/contracts/shop.ts';
import { unsubscribedOf } from '../choices/choices.records.ts';
import { NoticeKind } from '../choices/notice-kind.ts';
import { unsubscribeLinks } from '../choices/unsubscribe-token.ts';
import { notificationsConfig } from '../config.ts';
import { database } from '../database.ts';
import { giveNotice } from '../give-notice.ts';
import { shopMailer } from '../mailer/shop-mailer.ts';
import { backInStockMail } from '../mails/back-in-stock.mail.tsx';
import { goodsOf } from '../mails/goods.ts';

const CONSUMER = 'notifications-back-in-stock';
const BATCH = 200;

/** Each who asked is told once: the wish is what was handled, and goes when it was. */
export const sendBackInStock = defineListener(stockTurned, CONSUMER, async ({ payload }, context) => {
  const back = payload.variants.flatMap(({ variantId, inStock }) => (inStock ? [variantId] : []));
  // Nobody waits for most of what comes back.
  const awaited = await database.prisma.stockWish.findMany({
    ...{ where: { variantId: { in: back } }, distinct: ['variantId'], select: { variantId: true } },
  });
  for (const { variantId } of awaited) {
    for (;;) {
      const wishes = await database.prisma.stockWish.findMany({ where: { variantId }, take: BATCH });
      if (wishes.length === 0 || !(await isThere(context, variantId))) break;
      await tell(context, variantId, wishes);
      await database.prisma.stockWish.deleteMany({ where: { id: { in: wishes.map(({ id }) => id) } } });
    }
  }
});

/** It may be gone again: then whoever waits waits on. */
async function isThere(context: Context, variantId: string): Promise<boolean> {
  const { stockLevels: levels } = await context.ask(stockLevels, { variantIds: [variantId] });
  return (levels[0]?.available ?? 0) > 0;
}

async function tell(context: Context, variantId: string, wishes: readonly StockWish[]): Promise<void> {
  const { variantsForSale: found } = await context.ask(variantsForSale, { ids: [variantId], currency: SHOP.currency });
  const variant = found[0];
  if (!variant?.sellable) return;
  const { title, options } = goodsOf(variant);
  const link = await linkTo(context, variant);
  const ended = await unsubscribedOf(
    wishes.map(({ email }) => email),
    NoticeKind.BACK_IN_STOCK,
  );
  const mails = wishes
    .filter(({ email }) => !ended.has(email))
    .map(async ({ id, email }) => ({
      mail: {
        ...{ kind: 'back-in-stock' as const, subjectId: id, to: email },
        ...(await backInStockMail(`${title}${options}`, link, unsubscribeLinks(email, NoticeKind.BACK_IN_STOCK))),
      },
      cause: { eventId: id, consumer: CONSUMER },
    }));
  await shopMailer.sendAll(await Promise.all(mails));
  const notice = { title: `${title} is back`, body: `${title}${options} can be ordered again.`, order: null };
  for (const { id, customerId } of wishes) {
    if (!customerId) continue;
    const about = { ...notice, customerId, kind: NoticeKind.BACK_IN_STOCK, at: new Date().toISOString() };
    await giveNotice(about, { eventId: id, consumer: `${CONSUMER}-notice` });
  }
}

async function linkTo(context: Context, { productId }: VariantForSale): Promise<string> {
  const { product } = await context.ask(productHandle, { id: productId });
  return `${notificationsConfig.storefrontUrl}/products/${encodeURIComponent(product?.handle ?? '')}`;
}
