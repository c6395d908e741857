import {
  Arg,
  Ctx,
  Directive,
  Field,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  registerEnumType,
} from 'type-graphql';
import { newId } from '#platform/database/id.ts';
import { Refusal } from '#platform/errors/refusal.ts';
import { Internal, RequiresScopes } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { MoneyInput, MoneyType, shown } from '#platform/graphql/money.type.ts';
import { DateTimeScalar } from '#platform/graphql/scalars.ts';
import { payload, UserError } from '#platform/graphql/user-error.type.ts';
import { money, parseDecimal } from '#platform/money/money.ts';
import { outboxColumns } from '#platform/outbox/announce.ts';
import { giftCardIssued } from '../contracts/gift-cards.ts';
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

  @Field(() => String, { nullable: true, description: 'Who gets the code by mail.' })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'A word for who gets the mail.' })
  message?: string | null;

  @Field(() => String, { description: 'A repetition answers with the same card and code.' })
  idempotencyKey!: string;
}

enum GiftCardErrorCode {
  AMOUNT_INVALID = 'AMOUNT_INVALID',
  TOO_LONG = 'TOO_LONG',
  EMAIL_INVALID = 'EMAIL_INVALID',
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

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
class GiftCardForMail {
  @Field(() => String)
  code!: string;

  @Field(() => MoneyType)
  amount!: MoneyType;
}

@Resolver()
export class GiftCards {
  @Internal()
  @Query(() => GiftCardForMail, { nullable: true })
  async giftCardForMail(@Arg('id', () => ID) id: string): Promise<GiftCardForMail | null> {
    const [row] = await byId(id);
    return row ? { code: giftCode(row.issue_key), amount: shown(money(row.amount, row.currency)) } : null;
  }

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

const byId = database.statement<CardRow & { issue_key: string }>(
  'payments.gift-card-by-id',
  `SELECT ${COLUMNS}, issue_key FROM gift_card WHERE id = $1`,
);

const insert = database.statement<CardRow>(
  'payments.issue-gift-card',
  `WITH c AS (
     INSERT INTO gift_card (id, code_hash, ending, currency, amount, balance, note, issue_key, issued_by)
     VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $8) ON CONFLICT (code_hash) DO UPDATE SET code_hash = excluded.code_hash
     RETURNING gift_card.*, xmax = 0 AS made),
   x AS (
     INSERT INTO outbox (id, topic, consumer, payload)
     SELECT a.* FROM c, unnest($9::text[], $10::text[], $11::text[], $12::jsonb[]) AS a WHERE made)
   SELECT ${COLUMNS} FROM c`,
);

const MOST = { note: 200, message: 500, email: 254, key: 200, minor: 10_000_000n };
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
/** A mail is in lines, without what no mail can hold. */
const UNWRITABLE = /[\p{Cc}\p{Cs}]/u;

export async function issueGiftCard(staffId: string, input: GiftCardIssueInput) {
  const { amount: given, note, email, message, idempotencyKey } = input;
  const amount = parseDecimal(given.amount, given.currency);
  if (!amount || amount.minor <= 0n || amount.minor > MOST.minor)
    throw refused('AMOUNT_INVALID', 'amount', `${given.amount} ${given.currency} is no amount for a gift card.`);
  for (const [field, text, most] of [
    ['note', note ?? '', MOST.note],
    ['message', message ?? '', MOST.message],
    ['idempotencyKey', idempotencyKey, MOST.key],
  ] as const) {
    if (text.length > most || UNWRITABLE.test(text) || (field === 'idempotencyKey' && !text))
      throw refused('TOO_LONG', field, `${field} has at most ${most} characters, in one line.`);
  }
  if (email && (email.length > MOST.email || UNWRITABLE.test(email) || !EMAIL.test(email)))
    throw refused('EMAIL_INVALID', 'email', 'Write a whole e-mail address, e.g. ada@example.com.');
  const issueKey = `${staffId}/${idempotencyKey}`;
  const code = giftCode(issueKey);
  const id = newId('gift');
  const news = email ? [giftCardIssued({ giftCardId: id, email, message: message || null })] : [];
  const [row] = await insert(
    ...[id, giftCodeHash(code), code.slice(-4), amount.currency, amount.minor, note ?? null, issueKey, staffId],
    ...outboxColumns(...news),
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
