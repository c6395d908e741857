import { Arg, Directive, Field, InputType, Mutation, Resolver } from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import { log } from '#platform/telemetry/log.ts';
import { database } from './database.ts';
import { learnPayment, learnRefund } from './learn-news.ts';
import { findProvider } from './provider/choose-provider.ts';
import type { PaymentProvider, ProviderEvent } from './provider/payment-provider.ts';

@Directive('@inaccessible')
@InputType()
class PaymentHeaderInput {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  value!: string;
}

@Directive('@inaccessible')
@InputType()
export class PaymentWebhookInput {
  @Field(() => String, { description: 'As in the path.' })
  provider!: string;

  @Field(() => [PaymentHeaderInput])
  headers!: PaymentHeaderInput[];

  @Field(() => String, { description: 'Base64: the signature is over bytes.' })
  body!: string;
}

@Resolver()
export class HearPaymentWebhook {
  @Internal()
  @Mutation(() => Boolean)
  paymentWebhook(@Arg('input', () => PaymentWebhookInput) input: PaymentWebhookInput): Promise<boolean> {
    return hearWebhook(input);
  }
}

/** False for what no provider of ours sent just now. What cannot be written down throws, so that it is sent again. */
export async function hearWebhook({ provider: name, headers, body }: PaymentWebhookInput): Promise<boolean> {
  const provider = findProvider(name);
  if (!provider) return false;
  const named = Object.fromEntries(headers.map(({ name, value }) => [name.toLowerCase(), value]));
  const read = provider.webhook(named, Buffer.from(body, 'base64'), new Date());
  if ('refused' in read) {
    log.warn({ provider: name, reason: read.refused }, 'A webhook was refused');
    return false;
  }
  for (const event of read.events) await hear(provider, event);
  return true;
}

/**
 * One effect an event: what it says is written so that a second time changes nothing, and then it is noted, so that later
 * deliveries are not even looked at. Of deliveries at once each may do the work, and one finds it undone.
 */
async function hear(provider: PaymentProvider, { id, payment, refund }: ProviderEvent): Promise<void> {
  const consumer = `payments-webhook-${provider.name}`;
  if ((await heard(id, consumer)).length > 0) return;
  if (payment) await learnPayment(provider, payment);
  if (refund) await learnRefund(provider, refund);
  await note(id, consumer);
}

const heard = database.statement(
  'payments.webhook-heard',
  'SELECT 1 FROM handled WHERE event_id = $1 AND consumer = $2',
);

const note = database.statement(
  'payments.note-webhook',
  'INSERT INTO handled (event_id, consumer) VALUES ($1, $2) ON CONFLICT DO NOTHING',
);
