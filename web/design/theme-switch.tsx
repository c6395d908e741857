'use client';

import { MoonIcon, SunIcon } from './icons.tsx';
import { THEME_COOKIE, type Theme } from './theme.ts';

const A_YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Light or dark, as an answer to what is seen now; until it is pressed the shopper's system decides. */
export function ThemeSwitch() {
  return (
    <button
      type="button"
      onClick={switchTheme}
      data-needs-script
      className="grid size-11 place-items-center rounded-control text-ink transition-colors duration-150 hover:text-indigo"
      aria-label="Switch between light and dark"
    >
      <SunIcon className="hidden size-5 [html[data-theme=dark]_&]:block dark:[html:not([data-theme])_&]:block" />
      <MoonIcon className="size-5 [html[data-theme=dark]_&]:hidden dark:[html:not([data-theme])_&]:hidden" />
    </button>
  );
}

function switchTheme(): void {
  const root = document.documentElement;
  const shown = root.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
  const theme: Theme = shown === 'dark' ? 'light' : 'dark';
  root.dataset.theme = theme;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing where the page is not served over https
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=${A_YEAR_SECONDS}; samesite=lax`;
}
