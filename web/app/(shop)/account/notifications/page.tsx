import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { NoticeFeed } from '#features/notifications/notice-feed.tsx';
import { PreferencesForm } from '#features/notifications/preferences-form.tsx';
import { NotificationReceivedDocument, NotificationsPageDocument } from '#generated/graphql.ts';
import { liveDocument } from '#graphql/persisted.ts';
import { publicAddressNow } from '#graphql/public-address.ts';
import { request } from '#graphql/request.ts';

export const metadata: Metadata = { title: 'Notifications' };

export default async function NotificationsPage() {
  const { me } = await request(NotificationsPageDocument);
  if (!me) redirect('/sign-in?next=/account/notifications');
  const { notifications, notificationPreferences: preferences } = me;
  const live = { address: await publicAddressNow(), ...liveDocument(NotificationReceivedDocument) };
  return (
    <>
      <p className="mb-2 text-small">
        <Link href="/account" className="link">
          Your account
        </Link>
      </p>
      <h1 className="mb-10 text-display">Notifications</h1>
      <div className="grid items-start gap-x-16 gap-y-12 md:grid-cols-[minmax(0,7fr)_minmax(0,4fr)]">
        <section aria-labelledby="news">
          <h2 id="news" className="mb-4 text-title">
            What we told you
          </h2>
          {notifications ? (
            <NoticeFeed notices={notifications.nodes} live={live} />
          ) : (
            <p className="text-muted">This cannot be shown just now. Look again in a minute.</p>
          )}
        </section>
        <section aria-labelledby="choices">
          <h2 id="choices" className="mb-4 text-title">
            What you hear of
          </h2>
          {preferences ? (
            <PreferencesForm preferences={preferences} />
          ) : (
            <p className="text-muted">This cannot be shown just now. Look again in a minute.</p>
          )}
        </section>
      </div>
    </>
  );
}
