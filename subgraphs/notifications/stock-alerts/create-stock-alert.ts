import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { AttemptLimit } from '#platform/attempts/attempt-limit.ts';
import { newId } from '#platform/database/id.ts';
import { Refusal } from '#platform/errors/refusal.ts';
import type { Context } from '#platform/graphql/context.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { variantsForSale } from '#subgraphs/catalog/contracts/variants-for-sale.ts';
import { stockLevels } from '#subgraphs/inventory/contracts/stock.ts';
import { SHOP } from '#subgraphs/pricing/contracts/shop.ts';
import { StockAlertPayload } from '../choices/choice.type.ts';
import { emailOf } from '../choices/choices.records.ts';
import { chooseMail } from '../choices/choose.ts';
import { NoticeKind } from '../choices/notice-kind.ts';
import { mailKey } from '../choices/unsubscribe-token.ts';
import { database } from '../database.ts';

@InputType()
export class StockAlertCreateInput {
  @Field(() => ID)
  variantId!: string;

  @Field(() => String, { nullable: true, description: 'Where to write; of who is signed in, their own when left out.' })
  email?: string | null;
}

@Resolver()
export class CreateStockAlert {
  @Mutation(() => StockAlertPayload, {
    description: 'Writes once when a variant that is sold out is there again. Asking twice is harmless.',
  })
  stockAlertCreate(@Arg('input', () => StockAlertCreateInput) input: StockAlertCreateInput, @Ctx() context: Context) {
    return payload(() => createStockAlert(context, input));
  }
}

/** An address can be anybody's: few are asked for at once, and each mail has the link that ends them. */
const limit = new AttemptLimit({ perKey: 20, perKeySeconds: 3_600, overallPerMinute: 300 });
const MOST_EACH = 100;
const EMAIL = /^[^\s@\p{Cc}\p{Cs}]{1,64}@[^\s@\p{Cc}\p{Cs}]+\.[^\s@\p{Cc}\p{Cs}]{2,}$/u;

async function createStockAlert(context: Context, { variantId, email: given }: StockAlertCreateInput) {
  const { viewer } = context;
  const email = given ? mailKey(given) : viewer && (await emailOf(context, viewer.customerId));
  if (!email || email.length > 254 || !EMAIL.test(email))
    throw new Refusal('EMAIL_INVALID', 'This is no e-mail address; write it like ada@example.com.', {
      path: ['input', 'email'],
    });
  await limit.attempt(email);
  await requireSoldOut(context, variantId);
  if ((await database.prisma.stockWish.count({ where: { email } })) >= MOST_EACH)
    throw new Refusal('ALERT_LIMIT', `This address waits for ${MOST_EACH} things already.`, {
      path: ['input', 'email'],
    });
  await database.prisma.stockWish.createMany({
    data: { id: newId('wish'), variantId, email, customerId: viewer?.customerId ?? null },
    skipDuplicates: true,
  });
  // Whoever asks for it wants it again, whatever was ended before; for somebody else's address nobody may say so.
  if (viewer && email === (await emailOf(context, viewer.customerId)))
    await chooseMail(email, NoticeKind.BACK_IN_STOCK, true);
  return {};
}

async function requireSoldOut(context: Context, variantId: string): Promise<void> {
  const path = ['input', 'variantId'];
  const unknown = new Refusal('VARIANT_NOT_FOUND', 'There is no such variant for sale.', { path });
  if (variantId.includes('\0')) throw unknown;
  const [{ variantsForSale: found }, { stockLevels: levels }] = await Promise.all([
    context.ask(variantsForSale, { ids: [variantId], currency: SHOP.currency }),
    context.ask(stockLevels, { variantIds: [variantId] }),
  ]);
  if (!found[0]?.sellable) throw unknown;
  if (levels[0] && (levels[0].available > 0 || levels[0].backorderable))
    throw new Refusal('IN_STOCK', 'It is here: you can order it now.', { path });
}
