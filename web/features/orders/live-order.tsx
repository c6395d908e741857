'use client';

import { NoticeIcon } from '#design/icons.tsx';
import type { StripeSettings } from '#features/payment/stripe-settings.ts';
import type { OrderViewFragment } from '#generated/graphql.ts';
import { BalanceDue } from './balance-due.tsx';
import { CancelOrder } from './cancel-order.tsx';
import { OrderNewsList } from './order-news-list.tsx';
import { OrderSummary } from './order-summary.tsx';
import { OrderTimeline } from './order-timeline.tsx';
import { Parcels } from './parcels.tsx';
import { PaymentAction } from './payment-action.tsx';
import { PresentStatus } from './present-status.tsx';
import { RequestReturn } from './request-return.tsx';
import { ReturnsList } from './returns-list.tsx';
import { StripeBank } from './stripe-bank.tsx';
import { type LiveOrderSource, useLiveOrder } from './use-live-order.ts';

interface LiveOrderProps {
  readonly rendered: OrderViewFragment;
  readonly source: LiveOrderSource;
  readonly stripe: StripeSettings | null;
}

/** The showpiece: an order that moves from the market to the door while one looks at it. */
export function LiveOrder({ rendered, source, stripe }: LiveOrderProps) {
  const { order, connected } = useLiveOrder(rendered, source);
  return (
    <div className="grid items-start gap-x-16 gap-y-12 md:grid-cols-[minmax(0,7fr)_minmax(0,4fr)]">
      <div>
        <PresentStatus order={order} />
        {!connected && (
          <p className="mt-4 flex gap-2 text-muted text-small">
            <NoticeIcon className="mt-0.5 size-4.5 shrink-0" />
            The line to the market is down. We keep trying, and look every few seconds.
          </p>
        )}
        {order.nextAction ? (
          <BankStep order={order} action={order.nextAction} stripe={stripe} />
        ) : (
          <BalanceDue order={order} stripe={stripe} />
        )}
        <div className="mt-10">
          <OrderTimeline order={order} />
        </div>
        <Parcels order={order} />
        <OrderNewsList order={order} />
      </div>
      <div className="space-y-6 md:sticky md:top-24">
        <OrderSummary order={order} />
        <ReturnsList returns={order.returns} />
        <RequestReturn key={order.returns.length} order={order} />
        {order.canCancel && <CancelOrder orderId={order.id} />}
      </div>
    </div>
  );
}

interface BankStepProps {
  readonly order: OrderViewFragment;
  readonly action: NonNullable<OrderViewFragment['nextAction']>;
  readonly stripe: StripeSettings | null;
}

function BankStep({ order: { id, paymentDueAt }, action: { url, clientSecret }, stripe }: BankStepProps) {
  if (stripe && clientSecret)
    return <StripeBank orderId={id} clientSecret={clientSecret} settings={stripe} dueAt={paymentDueAt} />;
  return <PaymentAction orderId={id} url={url} dueAt={paymentDueAt} />;
}
