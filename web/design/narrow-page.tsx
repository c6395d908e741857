import type { ReactNode } from 'react';

/** A page with one small form. */
export function NarrowPage({ title, lead, children }: { title: string; lead: ReactNode; children: ReactNode }) {
  return (
    <div className="mx-auto max-w-md">
      <h1 className="mb-2 text-display">{title}</h1>
      <p className="mb-8 text-muted">{lead}</p>
      {children}
    </div>
  );
}
