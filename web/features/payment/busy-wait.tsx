/** Many buy at once: how long until the order is sent again, read aloud once and not every second. */
export function BusyWait({ secondsLeft }: { secondsLeft: number | null }) {
  return (
    <div role="status">
      {secondsLeft !== null && (
        <p className="flex justify-between gap-4 rounded-control border border-line bg-card px-3.5 py-3 text-small">
          <span>Many people are buying just now. We try again by ourselves, and you pay once.</span>
          <span className="shrink-0 text-muted tabular-nums" aria-hidden="true">
            {secondsLeft} s
          </span>
        </p>
      )}
    </div>
  );
}
