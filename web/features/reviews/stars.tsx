const STAR = 'M10 1.8l2.5 5.2 5.7.8-4.1 4 1 5.7L10 14.8l-5.1 2.7 1-5.7-4.1-4 5.7-.8z';

/** A rating as five stars, the last one filled as far as it goes; said in words for those who do not see it. */
export function Stars({ rating, className = 'h-4' }: { rating: number; className?: string }) {
  return (
    <span
      className="relative inline-block align-[-0.125em]"
      role="img"
      aria-label={`${shortRating(rating)} of 5 stars`}
    >
      <Row className={`${className} text-line`} />
      <span className="absolute inset-y-0 left-0 overflow-hidden" style={{ width: `${(rating / 5) * 100}%` }}>
        <Row className={`${className} text-ink`} />
      </span>
    </span>
  );
}

/** "4" or "4.3": what a number of stars is called. */
export function shortRating(rating: number): string {
  return String(Math.round(rating * 10) / 10);
}

function Row({ className }: { className: string }) {
  return (
    <svg viewBox="0 0 100 20" className={`w-auto max-w-none ${className}`} fill="currentColor" aria-hidden="true">
      {[0, 20, 40, 60, 80].map((x) => (
        <path key={x} d={STAR} transform={`translate(${x} 0)`} />
      ))}
    </svg>
  );
}
