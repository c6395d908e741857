'use client';

import { useActionState } from 'react';
import { Notice } from '#design/notice.tsx';
import { SubmitButton } from '#design/submit-button.tsx';
import type { NotificationKind, NotificationsPageQuery } from '#generated/graphql.ts';
import { LOST, orLost } from '#graphql/or-lost.ts';
import { KINDS } from './notice-words.ts';
import { savePreferences } from './notification.actions.ts';

type Preference = NonNullable<NonNullable<NotificationsPageQuery['me']>['notificationPreferences']>[number];

const save = orLost(savePreferences, () => ({ refusal: LOST }));

/** Texts and pushes are for apps, which know where to send them. */
const CHANNELS = { EMAIL: 'By e-mail', IN_APP: 'Here' } as const;

export function PreferencesForm({ preferences }: { preferences: readonly Preference[] }) {
  const [{ done, refusal }, act] = useActionState(save, {});
  const shown = preferences.filter(({ channel }) => channel in CHANNELS);
  const kinds = [...new Set(shown.map(({ kind }) => kind))];
  return (
    <form action={act} className="space-y-6">
      {kinds.map((kind) => (
        <Kind key={kind} kind={kind} preferences={shown.filter((each) => each.kind === kind)} />
      ))}
      {refusal && <Notice tone="refusal">{refusal}</Notice>}
      {done && <Notice tone="success">{done}</Notice>}
      <SubmitButton weight="quiet" pendingLabel="Saving">
        Save
      </SubmitButton>
    </form>
  );
}

function Kind({ kind, preferences }: { kind: NotificationKind; preferences: readonly Preference[] }) {
  const { title, about } = KINDS[kind];
  return (
    <fieldset>
      <legend className="font-medium">{title}</legend>
      <p className="text-small text-muted">{about}</p>
      {preferences.map(({ channel, wanted, changeable }) => (
        <label key={`${channel} ${wanted}`} className="mt-1 flex min-h-11 items-center gap-3 text-small">
          {changeable && <input type="hidden" name={`shown ${kind} ${channel}`} value="yes" />}
          <input
            type="checkbox"
            name={`${kind} ${channel}`}
            defaultChecked={wanted}
            disabled={!changeable}
            className="size-5 accent-indigo"
          />
          {CHANNELS[channel as keyof typeof CHANNELS]}
          {!changeable && <span className="text-muted">always</span>}
        </label>
      ))}
    </fieldset>
  );
}
