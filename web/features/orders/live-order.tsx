'use client';

import { NoticeIcon } from '#design/icons.tsx';
import type { OrderViewFragment } from '#generated/graphql.ts';
import { CancelOrder } from './cancel-order.tsx';
import { OrderSummary } from './order-summary.tsx';
import { OrderTimeline } from './order-timeline.tsx';
import { Parcels } from './parcels.tsx';
import { PaymentAction } from './payment-action.tsx';
import { PresentStatus } from './present-status.tsx';
import { type LiveOrderSource, useLiveOrder } from './use-live-order.ts';

/** The showpiece: an order that moves from the market to the door while one looks at it. */
export function LiveOrder({ rendered, source }: { rendered: OrderViewFragment; source: LiveOrderSource }) {
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
        {order.nextAction && <PaymentAction orderId={order.id} url={order.nextAction.url} dueAt={order.paymentDueAt} />}
        <div className="mt-10">
          <OrderTimeline order={order} />
        </div>
        <Parcels order={order} />
      </div>
      <div className="space-y-6 md:sticky md:top-24">
        <OrderSummary order={order} />
        {order.canCancel && <CancelOrder orderId={order.id} />}
      </div>
    </div>
  );
}
