/** The shop's sign: an awning over its name. */
export function Wordmark() {
  return (
    <span className="flex items-center gap-2.5">
      <svg viewBox="0 0 30 24" className="h-6 w-7.5" aria-hidden="true">
        <path
          d="M2 2h26l1.5 8.5a4.4 4.4 0 0 1-8.7.6 4.450 4.450 0 0 1-5.8 3.7 4.450 4.450 0 0 1-5.8-3.7A4.4 4.4 0 0 1 .5 10.5z"
          fill="var(--color-indigo)"
        />
        <path
          d="M10.6 2h8.8l1.4 9.1a4.450 4.450 0 0 1-5.8 3.7 4.450 4.450 0 0 1-5.8-3.7z"
          fill="var(--color-paper)"
          opacity=".35"
        />
        <path
          d="M4 16.5V22h22v-5.5"
          fill="none"
          stroke="var(--color-indigo)"
          strokeWidth="2.2"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      <span className="font-display text-lead font-bold tracking-tight">Souk</span>
    </span>
  );
}
