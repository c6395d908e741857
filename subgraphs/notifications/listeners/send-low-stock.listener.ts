import { defineListener } from '#platform/outbox/listener.ts';
import { variantsForSale } from '#subgraphs/catalog/contracts/variants-for-sale.ts';
import { stockLow } from '#subgraphs/inventory/contracts/inventory.events.ts';
import { SHOP } from '#subgraphs/pricing/contracts/shop.ts';
import { notificationsConfig } from '../config.ts';
import { shopMailer } from '../mailer/shop-mailer.ts';
import { lowStockMail } from '../mails/low-stock.mail.tsx';

const CONSUMER = 'notifications-low-stock';

/** Each time that a variant falls to its threshold has its own mail; the catalog knows what it is called. */
export const sendLowStock = defineListener(stockLow, CONSUMER, async ({ id, payload }, context) => {
  const { variantId } = payload;
  const { variantsForSale: found } = await context.ask(variantsForSale, { ids: [variantId], currency: SHOP.currency });
  const variant = found[0];
  const options = variant?.options.map(({ value }) => value).join(', ');
  const name = variant ? `${variant.title}${options && ` (${options})`}` : variantId;
  const mail = { kind: 'low-stock' as const, subjectId: id, to: notificationsConfig.staffMail };
  await shopMailer.send(
    { ...mail, ...(await lowStockMail(name, variantId, payload)) },
    { eventId: id, consumer: CONSUMER },
  );
});
