import { createHmac, timingSafeEqual } from 'node:crypto';
import { deriveKey } from '#platform/auth/keys.config.ts';
import type { Context } from '#platform/graphql/context.ts';

/**
 * The secret by which a guest reads and follows an order: derived from its id, stored nowhere, the same at every
 * replay of the placing.
 */
export const orderAccessToken = (orderId: string): string =>
  createHmac('sha256', deriveKey('order-access-token')).update(orderId).digest('base64url');

/** The owner, who holds the order's token, staff, and other subgraphs; to everybody else it does not exist. */
export function maySee(
  context: Context,
  order: { id: string; customerId: string | null },
  accessToken?: string | null,
): boolean {
  const { viewer, identity } = context;
  if (identity.caller !== 'router' && !viewer && !accessToken) return true;
  if (viewer && order.customerId === viewer.customerId) return true;
  if (context.has('orders:read') || context.has('orders:write')) return true;
  return accessToken ? isAccessToken(order.id, accessToken) : false;
}

/** Whether who may see it may also have it cancelled or sent back: its owner, who holds its token, and staff who may write. */
export function mayChange(
  context: Context,
  order: { id: string; customerId: string | null },
  accessToken?: string | null,
): boolean {
  if (context.viewer && order.customerId === context.viewer.customerId) return true;
  return context.has('orders:write') || Boolean(accessToken && isAccessToken(order.id, accessToken));
}

/** Staff at somebody else's order, for the history. */
export const actingStaff = (context: Context, order: { customerId: string | null }): string | null =>
  context.has('orders:write') && order.customerId !== context.viewer?.customerId ? context.signedIn().customerId : null;

function isAccessToken(orderId: string, token: string): boolean {
  const expected = Buffer.from(orderAccessToken(orderId));
  const given = Buffer.from(token);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
