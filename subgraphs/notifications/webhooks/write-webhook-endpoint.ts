import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { newId } from '#platform/database/id.ts';
import { Refusal } from '#platform/errors/refusal.ts';
import { RequiresScopes } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { database } from '../database.ts';
import { tellRest } from './at-rest.queries.ts';
import { checkedUrl } from './rules/endpoint-url.ts';
import { shownSecret } from './rules/signature.ts';
import { endpointKey } from './send-webhook.ts';
import { shownEndpoint } from './webhook-endpoint.queries.ts';
import { WebhookEndpointPayload } from './webhook-endpoint.type.ts';
import { WebhookKind } from './webhook-kind.ts';
import { webhooksConfig } from './webhooks.config.ts';

@InputType()
export class WebhookEndpointCreateInput {
  @Field(() => String)
  url!: string;

  @Field(() => [WebhookKind])
  kinds!: WebhookKind[];

  @Field(() => String, { nullable: true })
  description?: string | null;
}

@InputType({ description: 'What is given replaces what was.' })
export class WebhookEndpointUpdateInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true })
  url?: string | null;

  @Field(() => [WebhookKind], { nullable: true })
  kinds?: WebhookKind[] | null;

  @Field(() => String, { nullable: true })
  description?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'What waited for an endpoint is sent when it is enabled again.',
  })
  enabled?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Signs with a new secret from now on, and tells it once.' })
  renewSecret?: boolean | null;
}

@Resolver()
export class WriteWebhookEndpoint {
  @RequiresScopes('webhooks:write')
  @Mutation(() => WebhookEndpointPayload, {
    description:
      'Has events sent to an address, signed as Standard Webhooks has it; see docs/webhooks.md. webhooks:write',
  })
  webhookEndpointCreate(
    @Arg('input', () => WebhookEndpointCreateInput) input: WebhookEndpointCreateInput,
    @Ctx() _context: Context,
  ) {
    return payload(() => createEndpoint(input));
  }

  @RequiresScopes('webhooks:write')
  @Mutation(() => WebhookEndpointPayload, { description: 'webhooks:write' })
  webhookEndpointUpdate(
    @Arg('input', () => WebhookEndpointUpdateInput) input: WebhookEndpointUpdateInput,
    @Ctx() _context: Context,
  ) {
    return payload(() => updateEndpoint(input));
  }

  @RequiresScopes('webhooks:write')
  @Mutation(() => WebhookEndpointPayload, {
    description: 'With its deliveries and their log. Deleting it twice is harmless. webhooks:write',
  })
  webhookEndpointDelete(@Arg('id', () => ID) id: string, @Ctx() _context: Context) {
    return payload(() => deleteEndpoint(id));
  }
}

const MOST_ENDPOINTS = 50;
const LONGEST_DESCRIPTION = 200;

async function createEndpoint({ url, kinds, description }: WebhookEndpointCreateInput) {
  const data = { id: newId('whe'), url: safeUrl(url), kinds: someKinds(kinds), description: line(description) };
  if ((await database.prisma.webhookEndpoint.count()) >= MOST_ENDPOINTS)
    throw new Refusal('ENDPOINT_LIMIT', `There are ${MOST_ENDPOINTS} endpoints already. Delete one.`);
  const row = await database.prisma.webhookEndpoint.create({ data });
  tellRest();
  return { endpoint: shownEndpoint(row), secret: shownSecret(endpointKey(row.id, row.secretVersion)) };
}

async function updateEndpoint({ id, url, kinds, description, enabled, renewSecret }: WebhookEndpointUpdateInput) {
  const data = {
    ...(url == null ? {} : { url: safeUrl(url) }),
    ...(kinds == null ? {} : { kinds: someKinds(kinds) }),
    ...(description === undefined ? {} : { description: line(description) }),
    ...(enabled == null ? {} : { disabledAt: enabled ? null : new Date(), disabledReason: null, failingSince: null }),
    ...(renewSecret ? { secretVersion: { increment: 1 } } : {}),
  };
  const [row] = id.includes('\0')
    ? []
    : await database.prisma.webhookEndpoint.updateManyAndReturn({ where: { id }, data });
  if (!row) throw new Refusal('ENDPOINT_NOT_FOUND', 'There is no such endpoint.', { path: ['input', 'id'] });
  tellRest();
  const secret = renewSecret ? shownSecret(endpointKey(row.id, row.secretVersion)) : null;
  return { endpoint: shownEndpoint(row), secret };
}

async function deleteEndpoint(id: string) {
  if (!id.includes('\0')) await database.prisma.webhookEndpoint.deleteMany({ where: { id } });
  tellRest();
  return { endpoint: null };
}

const safeUrl = (url: string): string => checkedUrl(url, webhooksConfig.privateNetworks.length > 0);

function someKinds(kinds: readonly WebhookKind[]): WebhookKind[] {
  if (kinds.length > 0) return [...new Set(kinds)];
  throw new Refusal('KINDS_MISSING', 'Name at least one kind of event.', { path: ['input', 'kinds'] });
}

const line = (text: string | null | undefined): string | null =>
  text?.replaceAll('\0', '').trim().slice(0, LONGEST_DESCRIPTION) || null;
