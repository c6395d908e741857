'use client';

import { button } from './button.ts';

/** A page that could not be made: calm, blames nobody, offers the next step. */
export function Trouble({ retry }: { retry: () => void }) {
  return (
    <div role="alert" className="mx-auto flex max-w-md flex-col items-center gap-3 px-4 py-20 text-center">
      <svg viewBox="0 0 96 64" className="mb-2 w-24" aria-hidden="true">
        <path
          d="M8 12h80v16a10 10 0 0 1-20 0 10 10 0 0 1-20 0 10 10 0 0 1-20 0 10 10 0 0 1-20 0z"
          fill="var(--color-line)"
        />
        <path d="M14 40v20M82 40v20M14 60h68" stroke="var(--color-line)" strokeWidth="4" strokeLinecap="round" />
        <path d="M8 12h20v16a10 10 0 0 1-20 0zM48 12h20v16a10 10 0 0 1-20 0z" fill="var(--color-muted)" opacity=".5" />
      </svg>
      <h1 className="text-title">The stall is closed for a moment</h1>
      <p className="text-muted">
        We could not reach the shop just now. Your cart is safe; nothing was ordered or changed.
      </p>
      <button type="button" onClick={retry} className={button('primary', 'mt-3')}>
        Try again
      </button>
    </div>
  );
}
