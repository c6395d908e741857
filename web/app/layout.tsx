import '#design/tokens.css';
import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import { type ReactNode, Suspense } from 'react';
import { FONT_FILES } from '#design/fonts.ts';
import { PageOnItsWay } from '#design/page-on-its-way.tsx';
import { asTheme, THEME_COOKIE } from '#design/theme.ts';

export const metadata: Metadata = {
  title: { default: 'Souk', template: '%s · Souk' },
  description: 'A market of small workshops: well-made things for the kitchen, the house and the way to work.',
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fcf9f4' },
    { media: '(prefers-color-scheme: dark)', color: '#12131a' },
  ],
};

// The API's address, the shopper's colors and the nonce of the scripts are known only when a page is asked for.
export const dynamic = 'force-dynamic';

export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = asTheme((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <html lang="en" data-theme={theme} suppressHydrationWarning>
      <head>
        {FONT_FILES.map((file) => (
          <link key={file} rel="preload" as="font" type="font/woff2" crossOrigin="anonymous" href={file} />
        ))}
        <noscript>
          <link rel="stylesheet" href="/no-script.css" />
        </noscript>
      </head>
      <body>
        {children}
        <Suspense>
          <PageOnItsWay />
        </Suspense>
      </body>
    </html>
  );
}
