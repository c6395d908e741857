import type { InputHTMLAttributes } from 'react';

interface RadioCardProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'title'> {
  readonly title: string;
  readonly note: string;
  readonly aside?: string;
}

/** One of a few choices that deserve a sentence each. */
export function RadioCard({ title, note, aside, ...input }: RadioCardProps) {
  return (
    <label className="flex items-center gap-4 rounded-control border border-line bg-card px-4 py-3.5 transition-colors duration-150 hover:border-muted has-checked:border-indigo has-checked:shadow-[inset_0_0_0_1px_var(--color-indigo)] has-focus-visible:outline-2 has-focus-visible:outline-indigo has-focus-visible:outline-offset-2">
      <input {...input} type="radio" className="size-4.5 shrink-0 outline-none" />
      <span className="flex-1">
        <span className="block font-medium">{title}</span>
        <span className="block text-muted text-small">{note}</span>
      </span>
      {aside && <span className="money text-small">{aside}</span>}
    </label>
  );
}
