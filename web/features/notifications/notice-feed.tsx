'use client';

import Link from 'next/link';
import { useEffect, useState } from 'react';
import { LocalTime } from '#design/local-time.tsx';
import { SubmitButton } from '#design/submit-button.tsx';
import { sessionAuthorization } from '#features/orders/session-authorization.action.ts';
import type { NoticeViewFragment, NotificationReceivedSubscription } from '#generated/graphql.ts';
import { follow, type LiveDocument } from '#graphql/live.ts';
import { markAllRead } from './notification.actions.ts';

interface NoticeFeedProps {
  readonly notices: readonly NoticeViewFragment[];
  readonly live: LiveDocument & { readonly address: string };
}

/** What the shop told, the newest first; what arrives meanwhile is put on top and read out. */
export function NoticeFeed({ notices, live: { address, document, documentId } }: NoticeFeedProps) {
  const [heard, setHeard] = useState<readonly NoticeViewFragment[]>([]);
  useEffect(
    () =>
      follow<NotificationReceivedSubscription>({
        address,
        document,
        documentId,
        variables: {},
        authorization: sessionAuthorization,
        onResult: ({ notificationReceived: notice }) =>
          notice && setHeard((known) => [notice, ...known.filter(({ id }) => id !== notice.id)]),
      }),
    [address, document, documentId],
  );
  const shown = [...heard.filter(({ id }) => !notices.some((notice) => notice.id === id)), ...notices];
  if (shown.length === 0) {
    return (
      <p className="text-muted">
        Nothing yet. When you{' '}
        <Link href="/products" className="link">
          order something
        </Link>
        , its way is told here.
      </p>
    );
  }
  return (
    <>
      <ol aria-live="polite" className="border-t border-line">
        {shown.map((notice) => (
          <NoticeRow key={notice.id} notice={notice} />
        ))}
      </ol>
      {shown.some(({ readAt }) => !readAt) && (
        <form action={markAllRead} className="mt-6 max-w-56">
          <SubmitButton weight="quiet" pendingLabel="Marking">
            Mark all as read
          </SubmitButton>
        </form>
      )}
    </>
  );
}

function NoticeRow({ notice: { title, body, order, readAt, createdAt } }: { notice: NoticeViewFragment }) {
  return (
    <li className="grid grid-cols-[0.625rem_1fr] gap-x-3.5 border-b border-line py-4">
      <span className={`mt-2 size-2.5 rounded-full ${readAt ? 'bg-transparent' : 'bg-saffron'}`}>
        {!readAt && <span className="sr-only">New</span>}
      </span>
      <div>
        <p className="font-medium">{title}</p>
        <p className="text-small text-muted">{body}</p>
        <p className="mt-1 flex flex-wrap gap-x-4 text-note text-muted">
          <LocalTime at={createdAt} as="moment" />
          {order && (
            <Link href={`/order/${order.id}`} className="link">
              Order {order.number}
            </Link>
          )}
        </p>
      </div>
    </li>
  );
}
