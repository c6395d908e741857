import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Query, Resolver, registerEnumType } from 'type-graphql';
import { newId } from '#platform/database/id.ts';
import { Refusal } from '#platform/errors/refusal.ts';
import { RequiresScopes } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { MoneyInput, MoneyType, shown } from '#platform/graphql/money.type.ts';
import { DateTimeScalar } from '#platform/graphql/scalars.ts';
import { payload, UserError } from '#platform/graphql/user-error.type.ts';
import { money, parseDecimal } from '#platform/money/money.ts';
import { database } from '../database.ts';
import { giftCode, giftCodeHash } from './gift-code.ts';

@ObjectType({ simpleResolvers: true })
export class GiftCard {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'The last four characters of its code.' })
  ending!: string;

  @Field(() => MoneyType)
  amount!: MoneyType;

  @Field(() => MoneyType, { description: 'What is left, less what orders under way hold.' })
  balance!: MoneyType;

  @Field(() => DateTimeScalar)
  createdAt!: Date;
}

@InputType()
export class GiftCardIssueInput {
  @Field(() => MoneyInput)
  amount!: MoneyInput;

  @Field(() => String, { nullable: true, description: 'For staff.' })
  note?: string | null;

  @Field(() => String, { description: 'A repetition answers with the same card and code.' })
  idempotencyKey!: string;
}

enum GiftCardErrorCode {
  AMOUNT_INVALID = 'AMOUNT_INVALID',
  TOO_LONG = 'TOO_LONG',
  IDEMPOTENCY_CONFLICT = 'IDEMPOTENCY_CONFLICT',
}
registerEnumType(GiftCardErrorCode, { name: 'GiftCardErrorCode' });

@ObjectType({ implements: UserError, simpleResolvers: true })
class GiftCardError extends UserError {
  @Field(() => GiftCardErrorCode)
  code!: GiftCardErrorCode;
}

@ObjectType({ simpleResolvers: true })
class GiftCardIssuePayload {
  @Field(() => GiftCard, { nullable: true })
  giftCard?: GiftCard | null;

  @Field(() => String, { nullable: true, description: 'What the card is spent by. It is kept nowhere: pass it on.' })
  code?: string | null;

  @Field(() => [GiftCardError])
  userErrors!: GiftCardError[];
}

@Resolver()
export class GiftCards {
  @Query(() => GiftCard, { nullable: true, description: 'For who has the code, in any case, with or without hyphens.' })
  async giftCard(@Arg('code', () => String) code: string, @Ctx() _context: Context): Promise<GiftCard | null> {
    const [row] = await byHash(giftCodeHash(code));
    return row ? toGiftCard(row) : null;
  }

  @RequiresScopes('gift-cards:write')
  @Mutation(() => GiftCardIssuePayload, { description: 'gift-cards:write' })
  giftCardIssue(@Arg('input', () => GiftCardIssueInput) input: GiftCardIssueInput, @Ctx() context: Context) {
    return payload(() => issueGiftCard(context.signedIn().customerId, input));
  }
}

interface CardRow {
  id: string;
  ending: string;
  currency: string;
  amount: bigint;
  balance: bigint;
  created_at: Date;
}

const COLUMNS = 'id, ending, currency, amount, balance, created_at';
const byHash = database.statement<CardRow>(
  'payments.gift-card',
  `SELECT ${COLUMNS} FROM gift_card WHERE code_hash = $1`,
);

const insert = database.statement<CardRow>(
  'payments.issue-gift-card',
  `INSERT INTO gift_card (id, code_hash, ending, currency, amount, balance, note, issued_by)
   VALUES ($1, $2, $3, $4, $5, $5, $6, $7) ON CONFLICT (code_hash) DO UPDATE SET code_hash = excluded.code_hash RETURNING ${COLUMNS}`,
);

const MOST = { note: 200, key: 200, minor: 10_000_000n };

export async function issueGiftCard(staffId: string, { amount: given, note, idempotencyKey }: GiftCardIssueInput) {
  const amount = parseDecimal(given.amount, given.currency);
  if (!amount || amount.minor <= 0n || amount.minor > MOST.minor)
    throw refused('AMOUNT_INVALID', 'amount', `${given.amount} ${given.currency} is no amount for a gift card.`);
  for (const [field, text, most] of [
    ['note', note ?? '', MOST.note],
    ['idempotencyKey', idempotencyKey, MOST.key],
  ] as const) {
    if (text.length > most || text.includes('\0') || (field === 'idempotencyKey' && !text))
      throw refused('TOO_LONG', field, `${field} has at most ${most} characters.`);
  }
  const code = giftCode(`${staffId}/${idempotencyKey}`);
  const [row] = await insert(
    ...[newId('gift'), giftCodeHash(code), code.slice(-4), amount.currency, amount.minor, note ?? null, staffId],
  );
  if (row!.amount !== amount.minor || row!.currency !== amount.currency)
    throw refused('IDEMPOTENCY_CONFLICT', 'idempotencyKey', 'This idempotencyKey made another card; choose a new one.');
  return { giftCard: toGiftCard(row!), code };
}

const toGiftCard = ({ id, ending, currency, amount, balance, created_at }: CardRow): GiftCard => ({
  ...{ id, ending, createdAt: created_at },
  amount: shown(money(amount, currency)),
  balance: shown(money(balance, currency)),
});

const refused = (code: string, field: string, message: string) =>
  new Refusal(code, message, { path: ['input', field] });
