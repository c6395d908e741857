import Link from 'next/link';
import { button } from '#design/button.ts';
import { Empty } from '#design/empty.tsx';

export default function NotFound() {
  return (
    <Empty
      title="There is nothing at this address"
      action={
        <Link href="/products" className={button('primary')}>
          See all goods
        </Link>
      }
    >
      It may have been sold out for good, or the link lost a letter on its way.
    </Empty>
  );
}
