'use client';

import '#design/tokens.css';
import { Trouble } from '#design/trouble.tsx';

/** When even the frame of the page could not be made. */
export default function GlobalError({ retry }: { retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <Trouble retry={retry} />
      </body>
    </html>
  );
}
