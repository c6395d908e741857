'use server';

import { cookies } from 'next/headers';
import { OrderPageDocument, type OrderViewFragment } from '#generated/graphql.ts';
import { request } from '#graphql/request.ts';
import { orderCookieName } from './order-cookies.ts';

/** The order as it stands, for a page whose live line is down. */
export async function orderNow(id: string): Promise<OrderViewFragment | null> {
  const accessToken = (await cookies()).get(orderCookieName(id))?.value ?? null;
  return (await request(OrderPageDocument, { id, accessToken })).order;
}
