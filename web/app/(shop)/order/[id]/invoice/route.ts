import { cookies } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { orderCookieName } from '#features/orders/order-cookies.ts';
import { OrderInvoiceDocument } from '#generated/graphql.ts';
import { request } from '#graphql/request.ts';

/** The API's links to invoices last ten minutes, a page longer: each click asks for a new one. */
export async function GET(_: Request, { params }: RouteContext<'/order/[id]/invoice'>): Promise<Response> {
  const { id } = await params;
  const accessToken = (await cookies()).get(orderCookieName(id))?.value ?? null;
  const { order } = await request(OrderInvoiceDocument, { id, accessToken });
  if (!order?.invoiceUrl) notFound();
  redirect(order.invoiceUrl);
}
