import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '#platform/graphql/connection.type.ts';
import { DateTimeScalar } from '#platform/graphql/scalars.ts';
import { UserError } from '#platform/graphql/user-error.type.ts';
import { WebhookKind } from './webhook-kind.ts';

export enum WebhookDeliveryStatus {
  PENDING = 'PENDING',
  DELIVERED = 'DELIVERED',
  FAILED = 'FAILED',
}
registerEnumType(WebhookDeliveryStatus, {
  name: 'WebhookDeliveryStatus',
  valuesConfig: {
    PENDING: { description: 'Waits for its next try.' },
    FAILED: { description: 'Every try failed; `webhookRedeliver` begins anew.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'One request of a delivery.' })
export class WebhookAttempt {
  @Field(() => DateTimeScalar)
  at!: Date;

  @Field(() => Int)
  durationMs!: number;

  @Field(() => Int, { nullable: true, description: 'The status of the answer; null where there was none.' })
  status?: number | null;

  @Field(() => String, { nullable: true, description: 'Why there was no answer.' })
  error?: string | null;

  @Field(() => String, { nullable: true, description: 'The first 1,000 bytes of the answer.' })
  answer?: string | null;
}

@ObjectType({ simpleResolvers: true })
export class WebhookDelivery {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'As in the header `webhook-id`.' })
  messageId!: string;

  @Field(() => WebhookKind)
  kind!: WebhookKind;

  @Field(() => String, { description: 'What was sent, byte for byte.' })
  body!: string;

  @Field(() => WebhookDeliveryStatus)
  status!: WebhookDeliveryStatus;

  @Field(() => DateTimeScalar, { nullable: true })
  nextTryAt?: Date | null;

  @Field(() => DateTimeScalar)
  createdAt!: Date;

  @Field(() => [WebhookAttempt], { description: 'The newest first, at most 20.' })
  attempts!: WebhookAttempt[];
}

@ObjectType({ simpleResolvers: true })
export class WebhookDeliveryConnection extends connectionOf('WebhookDelivery', () => WebhookDelivery).Connection {}

/** `deliveries` is resolved in webhook-endpoint.queries.ts. */
@ObjectType()
export class WebhookEndpoint {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  url!: string;

  @Field(() => String, { nullable: true })
  description?: string | null;

  @Field(() => [WebhookKind])
  kinds!: WebhookKind[];

  @Field(() => Boolean)
  enabled!: boolean;

  @Field(() => String, { nullable: true, description: 'Why it is sent nothing, where that was not asked for.' })
  disabledReason?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Since when nothing arrived there.' })
  failingSince?: Date | null;

  @Field(() => DateTimeScalar)
  createdAt!: Date;
}

export enum WebhookErrorCode {
  URL_REFUSED = 'URL_REFUSED',
  KINDS_MISSING = 'KINDS_MISSING',
  ENDPOINT_LIMIT = 'ENDPOINT_LIMIT',
  ENDPOINT_NOT_FOUND = 'ENDPOINT_NOT_FOUND',
  DELIVERY_NOT_FOUND = 'DELIVERY_NOT_FOUND',
}
registerEnumType(WebhookErrorCode, { name: 'WebhookErrorCode' });

@ObjectType({ implements: UserError, simpleResolvers: true })
export class WebhookUserError extends UserError {
  @Field(() => WebhookErrorCode)
  code!: WebhookErrorCode;
}

@ObjectType({ simpleResolvers: true })
export class WebhookEndpointPayload {
  @Field(() => WebhookEndpoint, { nullable: true })
  endpoint?: WebhookEndpoint | null;

  @Field(() => String, {
    nullable: true,
    description: 'What its messages are signed with, `whsec_…`: told when it is made or renewed, and never again.',
  })
  secret?: string | null;

  @Field(() => [WebhookUserError])
  userErrors!: WebhookUserError[];
}

@ObjectType({ simpleResolvers: true })
export class WebhookDeliveryPayload {
  @Field(() => WebhookDelivery, { nullable: true })
  delivery?: WebhookDelivery | null;

  @Field(() => [WebhookUserError])
  userErrors!: WebhookUserError[];
}
