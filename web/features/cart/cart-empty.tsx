import Link from 'next/link';
import { button } from '#design/button.ts';
import { Empty } from '#design/empty.tsx';

export function CartEmpty({ heading }: { heading: 'h1' | 'h2' }) {
  return (
    <Empty
      heading={heading}
      title="Nothing in here yet"
      action={
        <Link href="/products" className={button('primary')}>
          Look around
        </Link>
      }
    >
      What you put in stays for a month, also when you come back later.
    </Empty>
  );
}
