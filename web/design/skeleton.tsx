/** The ground on which something is about to stand. */
export function Skeleton({ className }: { className: string }) {
  return <div data-waiting className={`animate-shimmer rounded-control bg-line ${className}`} aria-hidden="true" />;
}
