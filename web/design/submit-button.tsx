'use client';

import type { ReactNode } from 'react';
import { useFormStatus } from 'react-dom';
import { button } from './button.ts';

interface SubmitButtonProps {
  readonly children: ReactNode;
  /** Said while the form is on its way, e.g. "Placing your order". */
  readonly pendingLabel: string;
  readonly weight?: 'primary' | 'quiet';
  readonly disabled?: boolean;
  readonly className?: string;
}

/** Says what it does, then that it is doing it, and cannot be pressed twice. */
export function SubmitButton({
  children,
  pendingLabel,
  weight = 'primary',
  disabled,
  className = '',
}: SubmitButtonProps) {
  const { pending } = useFormStatus();
  return (
    <button type="submit" disabled={disabled || pending} className={button(weight, `w-full ${className}`)}>
      {pending ? pendingLabel : children}
    </button>
  );
}
