'use client';

import { useActionState } from 'react';
import { SelectField, TextField } from '#design/field.tsx';
import { Notice } from '#design/notice.tsx';
import { SubmitButton } from '#design/submit-button.tsx';
import { typed } from '#design/typed.ts';
import type { OrderViewFragment } from '#generated/graphql.ts';
import { LOST, orLost } from '#graphql/or-lost.ts';
import { requestReturn } from './return.actions.ts';
import { returnable, returnKey } from './returnable.ts';

const ask = orLost(requestReturn, (_, form) => ({ refusal: LOST, values: typed(form) }));

const REASONS = ['It does not fit', 'It arrived damaged', 'It is not what I expected', 'I changed my mind'];

/** For a delivered order: which things, how many of them, and why. */
export function RequestReturn({ order }: { order: OrderViewFragment }) {
  const [{ refusal, values }, act] = useActionState(ask, {});
  const lines = returnable(order);
  if (lines.length === 0) return null;
  return (
    <details className="group">
      <summary className="link inline-flex min-h-11 items-center text-small group-open:hidden">
        Return something
      </summary>
      <form action={act} className="space-y-4 rounded-card border border-line bg-card p-6" aria-labelledby="return">
        <h2 id="return" className="text-lead">
          Return something
        </h2>
        <input type="hidden" name="orderId" value={order.id} />
        <input type="hidden" name="idempotencyKey" value={returnKey(order)} />
        {lines.map(({ id, title, most }) => (
          <SelectField
            // React resets a form after its action, and a select to its first default: a new one starts where it was left.
            key={`${id} ${values?.[`units ${id}`]}`}
            label={title}
            name={`units ${id}`}
            defaultValue={values?.[`units ${id}`] ?? (lines.length === 1 ? 1 : 0)}
          >
            <option value={0}>Keep {most === 1 ? 'it' : 'all'}</option>
            {upTo(most).map((units) => (
              <option key={units} value={units}>
                {most === 1 ? 'Send it back' : `Send ${units} of ${most} back`}
              </option>
            ))}
          </SelectField>
        ))}
        <SelectField key={values?.reason} label="Why" name="reason" defaultValue={values?.reason}>
          {REASONS.map((reason) => (
            <option key={reason}>{reason}</option>
          ))}
        </SelectField>
        <TextField
          label="Anything we should know"
          name="more"
          maxLength={500}
          required={false}
          defaultValue={values?.more}
        />
        {refusal && <Notice tone="refusal">{refusal}</Notice>}
        <SubmitButton pendingLabel="Sending your request">Ask to return</SubmitButton>
      </form>
    </details>
  );
}

function upTo(most: number): number[] {
  return Array.from({ length: most }, (_, index) => index + 1);
}
