import { createHash, randomBytes } from 'node:crypto';
import { Arg, Field, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { AttemptLimit } from '#platform/attempts/attempt-limit.ts';
import { newId } from '#platform/database/id.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { consumersOf } from '#platform/outbox/routes.ts';
import { orderLookupRequested } from '../contracts/orders.events.ts';
import { database } from '../database.ts';
import { OrderError } from '../order-error.type.ts';

/** Longer than either way takes, so that the time does not tell whether there is such an order. */
const ANSWER_AFTER_MS = 250;
const GOOD_FOR_HOURS = 1;

/** Against guessing at the numbers of an address, and at the addresses of a number. */
const lookupLimit = new AttemptLimit({ perKey: 5, perKeySeconds: 900, overallPerMinute: 300 });

@InputType()
export class OrderLookupInput {
  @Field(() => String)
  number!: string;

  @Field(() => String)
  email!: string;
}

@ObjectType({ simpleResolvers: true })
export class OrderLookupPayload {
  @Field(() => [OrderError])
  userErrors!: OrderError[];
}

@Resolver()
export class LookupOrder {
  @Mutation(() => OrderLookupPayload, {
    description:
      'Mails a one-time link to a guest who knows number and e-mail; answers the same whether or not they match.',
  })
  orderLookup(@Arg('input', () => OrderLookupInput) input: OrderLookupInput): Promise<OrderLookupPayload> {
    return payload(() => lookupOrder(input));
  }
}

/** Has a link mailed to the address that the order was placed with; the answer is the same, and as late, without one. */
export async function lookupOrder(input: OrderLookupInput): Promise<object> {
  const number = written(input.number).toUpperCase();
  const email = written(input.email).toLowerCase();
  await lookupLimit.attempt(`number ${number}`, `email ${email}`);
  const answerTime = new Promise((resolve) => setTimeout(resolve, ANSWER_AFTER_MS));
  await Promise.all([mailLink(number, email), answerTime]);
  return {};
}

/** What was meant; nothing that could be a number or an address is longer, or holds controls. */
const written = (text: string): string =>
  text
    .slice(0, 300)
    .replace(/\p{Cc}/gu, '')
    .trim();

async function mailLink(number: string, email: string): Promise<void> {
  const token = randomBytes(32).toString('base64url');
  const { topic } = orderLookupRequested;
  await issue(number, email, hashOfToken(token), GOOD_FOR_HOURS, token, newId('evt'), topic, consumersOf(topic));
}

/** What is stored of a token. So many random bits need no slow hash. */
export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('base64url');

// Old tokens go where new ones come.
const issue = database.statement(
  'orders.issue-lookup-token',
  `WITH o AS (
     SELECT id, number, email FROM orders
     WHERE number = $1 AND lower(email) = $2 AND (confirmed_at IS NOT NULL OR payment_due_at IS NOT NULL)),
   old AS (DELETE FROM lookup_token WHERE expires_at < now() - interval '1 day'),
   t AS (INSERT INTO lookup_token (hash, order_id, expires_at) SELECT $3, id, now() + make_interval(hours => $4) FROM o)
   INSERT INTO outbox (id, topic, consumer, payload)
   SELECT $6 || '-' || consumer, $7, consumer, jsonb_build_object('orderId', id, 'number', number, 'email', email, 'token', $5::text)
   FROM o, unnest($8::text[]) AS consumer`,
);
