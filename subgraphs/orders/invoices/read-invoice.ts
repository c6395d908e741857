import { Arg, Ctx, Field, FieldResolver, ID, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { MoneyType, shown } from '#platform/graphql/money.type.ts';
import { UrlScalar } from '#platform/graphql/scalars.ts';
import { money } from '#platform/money/money.ts';
import { database } from '../database.ts';
import { Order } from '../order.type.ts';
import { invoiceUrlOf, isInvoiceGranted } from './invoice-link.ts';
import { issuedFor } from './issue-invoice.ts';

@ObjectType({ simpleResolvers: true, description: 'What says that money went back, beside the invoice.' })
export class CreditNote {
  @Field(() => ID)
  id!: string;

  @Field(() => MoneyType)
  amount!: MoneyType;

  @Field(() => UrlScalar, { description: 'A PDF, for ten minutes.' })
  url!: string;
}

@Resolver(() => Order)
export class ReadInvoice {
  @FieldResolver(() => [CreditNote], { description: 'One for each refund of an order that has an invoice.' })
  creditNotes(@Root() order: Order, @Ctx() context: Context): Promise<CreditNote[]> {
    return order.invoiceUrl ? context.loader(loadCreditNotes).load(order.id) : Promise.resolve([]);
  }

  /** The PDF in base64, for the page that serves it; null without a grant, and where there is none. */
  @Internal()
  @Query(() => String, { nullable: true })
  async invoicePdf(@Arg('id', () => ID) id: string, @Arg('grant', () => String) grant: string): Promise<string | null> {
    return (await readInvoice(id, grant))?.toString('base64') ?? null;
  }
}

/** Issued when it is first asked for, rendered each time. */
export async function readInvoice(id: string, grant: string): Promise<Buffer | null> {
  if (!isInvoiceGranted(id, grant)) return null;
  const issued = await issuedFor(id);
  if (!issued) return null;
  // PDFs need a great deal of code: it is loaded when one is asked for first.
  const { renderInvoice } = await import('./render-invoice.ts');
  return renderInvoice(issued);
}

const refundsOf = database.statement<{ id: string; order_id: string; amount: bigint; currency: string }>(
  'orders.refunds-for-credit-notes',
  `SELECT r.id, r.order_id, r.amount, o.currency FROM refund r JOIN orders o ON o.id = r.order_id
   WHERE r.order_id = ANY($1::text[]) AND r.status <> 'RUNNING' ORDER BY r.created_at, r.id`,
);

async function loadCreditNotes(orderIds: readonly string[]): Promise<CreditNote[][]> {
  const refunds = await refundsOf(orderIds);
  return orderIds.map((orderId) =>
    refunds
      .filter((refund) => refund.order_id === orderId)
      .map(({ id, amount, currency }) => ({ id, amount: shown(money(amount, currency)), url: invoiceUrlOf(id) })),
  );
}
