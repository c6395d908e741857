import { graphql } from 'graphql';
import type { Viewer } from '#platform/auth/viewer.ts';
import { verifyViewerToken } from '#platform/auth/viewer-token.ts';
import { newId } from '#platform/database/id.ts';
import { Context } from '#platform/graphql/context.ts';
import { buildSubgraph } from '#platform/graphql/subgraph-schema.ts';
import { setRoutes } from '#platform/outbox/routes.ts';
import { database } from '../database.ts';
import { accounts } from '../subgraph.ts';

export const PASSWORD = 'a market in the morning';

/** What a test reads of an answer, without naming each type of it. */
export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: a test says what it expects, exactly.
  data: any;
  /** The codes of `errors`. */
  errors: unknown[];
}

setRoutes({
  'accounts.customer-registered.v1': ['mail'],
  'accounts.password-reset-requested.v1': ['mail'],
  'accounts.email-verified.v1': ['orders'],
});
const { schema } = await buildSubgraph(accounts);

/** Asks as the router does for a viewer, or as another part for itself. */
export async function ask(
  source: string,
  variables: object = {},
  viewer: Viewer | null = null,
  caller = 'router',
): Promise<Answer> {
  const contextValue = new Context('accounts', null as never, { viewer, caller });
  const result = await graphql({ schema, source, variableValues: variables as Record<string, unknown>, contextValue });
  // Through JSON, as it travels, and without graphql-js's null prototypes.
  const data = JSON.parse(JSON.stringify(result.data ?? null));
  return { data, errors: (result.errors ?? []).map((error) => error.extensions.code ?? error.message) };
}

/** A mutation with an input and `userErrors`, answered by its payload alone. */
export async function mutate(field: string, selection: string, input: object, viewer: Viewer | null = null) {
  const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input!`;
  const source = `mutation($input: ${type}) { ${field}(input: $input) { ${selection} userErrors { code message path } } }`;
  const { data, errors } = await ask(source, { input }, viewer);
  if (errors.length > 0) throw new Error(`errors: ${errors}`);
  return data[field];
}

export const SESSION =
  'session { accessToken expiresAt refreshToken refreshTokenExpiresAt customer { id email emailVerified } }';

export const newEmail = () => `${newId('x').toLowerCase()}@example.com`;

/** Registers somebody new and answers what they hold. */
export async function register(input: { email?: string; name?: string } = {}) {
  const email = input.email ?? newEmail();
  const { session } = await mutate('customerCreate', SESSION, { email, password: PASSWORD, ...input });
  const viewer = await verifyViewerToken(session.accessToken);
  if (!viewer) throw new Error('The access token is not good.');
  return { email, id: session.customer.id as string, refreshToken: session.refreshToken as string, viewer };
}

export const signIn = (email: string, password = PASSWORD) => mutate('sessionCreate', SESSION, { email, password });
export const refresh = (refreshToken: string) => mutate('sessionRefresh', SESSION, { refreshToken });

/** The payloads announced of a customer, oldest first. */
export async function announced(topic: string, email: string): Promise<Record<string, string | null>[]> {
  const rows = await database.prisma.outbox.findMany({ where: { topic }, orderBy: { id: 'asc' } });
  return rows
    .map(({ payload }) => payload as Record<string, string | null>)
    .filter((payload) => payload.email === email);
}
