import Link from 'next/link';
import type { AddressViewFragment } from '#generated/graphql.ts';

/** The shopper's own addresses, one press away from the form. */
export function SavedAddresses({ addresses }: { addresses: readonly AddressViewFragment[] }) {
  if (addresses.length < 2) return null;
  return (
    <nav aria-label="Your addresses" className="mb-5">
      <p className="mb-2 text-muted text-small">Fill in one of your addresses</p>
      <ul className="flex flex-wrap gap-2">
        {addresses.map(({ id, line1, city }) => (
          <li key={id}>
            <Link
              href={`/checkout?step=address&address=${encodeURIComponent(id)}`}
              replace
              className="flex min-h-10 items-center rounded-full border border-line bg-card px-4 text-small hover:border-ink"
            >
              {line1}, {city}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
