'use client';

import { Trouble } from '#design/trouble.tsx';

export default function CheckoutError({ retry }: { retry: () => void }) {
  return <Trouble retry={retry} />;
}
