import type { ReactNode } from 'react';

interface EmptyProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly action: ReactNode;
  /** h2 where it fills a part of a page, not the page. */
  readonly heading?: 'h1' | 'h2';
}

/** A page or a part with nothing in it: says so and offers the next step. */
export function Empty({ title, children, action, heading: Heading = 'h1' }: EmptyProps) {
  return (
    <div className="mx-auto flex max-w-md flex-col items-center gap-3 px-4 py-16 text-center">
      <EmptyBowl />
      <Heading className="max-w-full text-title">{title}</Heading>
      <p className="text-muted">{children}</p>
      <div className="mt-3">{action}</div>
    </div>
  );
}

function EmptyBowl() {
  return (
    <svg viewBox="0 0 96 72" className="mb-2 w-24 text-line" aria-hidden="true">
      <ellipse cx="52" cy="64" rx="34" ry="5" fill="currentColor" />
      <path d="M10 26c0 20 16 36 38 36s38-16 38-36z" fill="var(--color-indigo)" />
      <path d="M10 26c0 20 16 36 38 36-14-6-22-20-22-36z" fill="var(--color-paper)" opacity=".16" />
      <ellipse cx="48" cy="26" rx="38" ry="10" fill="var(--color-indigo-deep)" />
      <ellipse cx="48" cy="27.5" rx="33" ry="7.5" fill="var(--color-paper)" opacity=".12" />
    </svg>
  );
}
