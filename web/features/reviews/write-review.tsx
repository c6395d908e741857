'use client';

import { useActionState } from 'react';
import { TextArea, TextField } from '#design/field.tsx';
import { Notice } from '#design/notice.tsx';
import { SubmitButton } from '#design/submit-button.tsx';
import { typed } from '#design/typed.ts';
import { LOST, orLost } from '#graphql/or-lost.ts';
import { writeReview } from './review.actions.ts';
import { Stars } from './stars.tsx';

const send = orLost(writeReview, (_, form) => ({ refusal: LOST, values: typed(form) }));

const WORDS = ['not good at all', 'not good', 'all right', 'good', 'very good'];

/** For somebody signed in: stars, and what they think of it. */
export function WriteReview({ productId }: { productId: string }) {
  const [{ refusal, field, thanks, values }, act] = useActionState(send, {});
  if (thanks) return <Notice tone="success">{thanks}</Notice>;
  return (
    <details className="group">
      <summary className="link inline-flex min-h-11 items-center text-small group-open:hidden">Write a review</summary>
      <form action={act} className="space-y-4 rounded-card border border-line bg-card p-6">
        <input type="hidden" name="productId" value={productId} />
        <fieldset>
          <legend className="mb-1.5 text-small font-medium">How do you like it?</legend>
          <div className="flex flex-wrap gap-2">
            {WORDS.map((words, i) => (
              <label
                key={words}
                className="flex min-h-11 cursor-pointer items-center rounded-control border border-line px-3 hover:border-muted has-checked:border-ink has-focus-visible:outline-2 has-focus-visible:outline-indigo"
              >
                <input
                  type="radio"
                  name="rating"
                  value={i + 1}
                  defaultChecked={values?.rating === String(i + 1)}
                  required
                  className="sr-only"
                />
                <Stars rating={i + 1} className="h-4" />
                <span className="sr-only">, {words}</span>
              </label>
            ))}
          </div>
        </fieldset>
        <TextField
          label="In a few words"
          name="title"
          maxLength={120}
          required={false}
          defaultValue={values?.title}
          error={field === 'title' ? refusal : undefined}
        />
        <TextArea
          label="What should others know?"
          name="body"
          maxLength={5000}
          rows={5}
          defaultValue={values?.body}
          error={field === 'body' ? refusal : undefined}
        />
        {refusal && field !== 'title' && field !== 'body' && <Notice tone="refusal">{refusal}</Notice>}
        <SubmitButton pendingLabel="Sending your review">Send the review</SubmitButton>
      </form>
    </details>
  );
}
