'use client';

import { Trouble } from '#design/trouble.tsx';

export default function ShopError({ retry }: { retry: () => void }) {
  return <Trouble retry={retry} />;
}
