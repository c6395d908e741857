import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes, TextareaHTMLAttributes } from 'react';
import { ChevronIcon, NoticeIcon } from './icons.tsx';

const CONTROL =
  'w-full min-h-12 rounded-control border bg-card px-3 text-body text-ink transition-colors duration-150 hover:border-muted aria-invalid:border-clay';

interface FieldProps {
  readonly label: string;
  readonly name: string;
  /** Where the name is not unique on the page. */
  readonly id?: string;
  /** What is wrong and what to do. */
  readonly error?: string | undefined;
  readonly hint?: string | undefined;
}

type TextFieldProps = FieldProps & Omit<InputHTMLAttributes<HTMLInputElement>, 'name' | 'id'>;

export function TextField({
  label,
  name,
  id = name,
  error,
  hint,
  className = '',
  required = true,
  ...input
}: TextFieldProps) {
  return (
    <Labelled label={label} name={name} id={id} error={error} hint={hint} optional={!required} className={className}>
      <input
        {...input}
        id={id}
        name={name}
        required={required}
        aria-invalid={error ? true : undefined}
        aria-describedby={error || hint ? `${id}-note` : undefined}
        className={`${CONTROL} border-line`}
      />
    </Labelled>
  );
}

type TextAreaProps = FieldProps & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'name' | 'id'>;

export function TextArea({
  label,
  name,
  id = name,
  error,
  hint,
  className = '',
  required = true,
  ...area
}: TextAreaProps) {
  return (
    <Labelled label={label} name={name} id={id} error={error} hint={hint} optional={!required} className={className}>
      <textarea
        {...area}
        id={id}
        name={name}
        required={required}
        aria-invalid={error ? true : undefined}
        aria-describedby={error || hint ? `${id}-note` : undefined}
        className={`${CONTROL} border-line py-2.5`}
      />
    </Labelled>
  );
}

type SelectFieldProps = FieldProps & Omit<SelectHTMLAttributes<HTMLSelectElement>, 'name' | 'id'>;

export function SelectField({
  label,
  name,
  id = name,
  error,
  hint,
  className = '',
  children,
  ...select
}: SelectFieldProps) {
  return (
    <Labelled label={label} name={name} id={id} error={error} hint={hint} className={className}>
      <span className="relative block">
        <select
          {...select}
          id={id}
          name={name}
          required
          aria-invalid={error ? true : undefined}
          aria-describedby={error || hint ? `${id}-note` : undefined}
          className={`${CONTROL} appearance-none border-line pr-10`}
        >
          {children}
        </select>
        <ChevronIcon className="pointer-events-none absolute top-3.5 right-3 size-5 text-muted" />
      </span>
    </Labelled>
  );
}

interface LabelledProps extends FieldProps {
  readonly optional?: boolean;
  readonly className: string;
  readonly children: ReactNode;
}

function Labelled({ label, id, error, hint, optional, className, children }: LabelledProps) {
  return (
    <div className={className}>
      <label htmlFor={id} className="mb-1.5 block text-small font-medium">
        {label}
        {optional && <span className="font-normal text-muted"> (optional)</span>}
      </label>
      {children}
      {(error || hint) && (
        <p id={`${id}-note`} className={`mt-1.5 flex gap-1.5 text-small ${error ? 'text-clay' : 'text-muted'}`}>
          {error && <NoticeIcon className="mt-0.5 size-4.5 shrink-0" />}
          {error ?? hint}
        </p>
      )}
    </div>
  );
}
