import { Arg, Directive, Field, InputType, Mutation, Resolver } from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import { log } from '#platform/telemetry/log.ts';
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
    return true;
  } catch (reason) {
    if (!(reason instanceof ForgedWebhook) && !(reason instanceof SyntaxError)) throw reason;
    log.warn({ carrier: key, reason: reason.message }, 'A webhook was refused');
    return false;
  }
}
