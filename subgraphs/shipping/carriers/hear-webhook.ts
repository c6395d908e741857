import { Arg, Directive, Field, InputType, Mutation, Resolver } from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import { log } from '#platform/telemetry/log.ts';
import { counter } from '#platform/telemetry/metrics.ts';
import { ForgedWebhook } from './carrier.ts';
import { hearNews } from './carrier-news.ts';
import { carrierOf } from './choose-carrier.ts';

@Directive('@inaccessible')
@InputType()
class CarrierHeaderInput {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  value!: string;
}

@Directive('@inaccessible')
@InputType()
export class CarrierWebhookInput {
  @Field(() => String)
  carrier!: string;

  @Field(() => String)
  method!: string;

  @Field(() => [CarrierHeaderInput])
  headers!: CarrierHeaderInput[];

  @Field(() => String, { description: 'Base64: the signature is over bytes.' })
  body!: string;
}

@Resolver()
export class HearWebhook {
  @Internal()
  @Mutation(() => Boolean)
  carrierWebhook(@Arg('input', () => CarrierWebhookInput) input: CarrierWebhookInput): Promise<boolean> {
    return hearWebhook(input);
  }
}

const webhooks = counter('souk_carrier_webhooks', 'Webhooks of carriers, by carrier and outcome: heard or refused');

/** False for what no carrier of ours sent just now. What cannot be written down throws, so that it is sent again. */
export async function hearWebhook({ carrier: key, method, headers, body }: CarrierWebhookInput): Promise<boolean> {
  const carrier = carrierOf(key);
  if (!carrier) return false;
  try {
    const news = carrier.readWebhook({
      ...{ method, body: Buffer.from(body, 'base64'), now: new Date() },
      headers: Object.fromEntries(headers.map(({ name, value }) => [name.toLowerCase(), value])),
    });
    if (news) await hearNews(carrier.key, news);
    webhooks.add(1, { carrier: carrier.key, outcome: 'heard' });
    return true;
  } catch (reason) {
    if (!(reason instanceof ForgedWebhook) && !(reason instanceof SyntaxError)) throw reason;
    webhooks.add(1, { carrier: carrier.key, outcome: 'refused' });
    log.warn({ carrier: key, reason: reason.message }, 'A webhook was refused');
    return false;
  }
}
