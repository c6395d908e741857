import type { Appearance } from '@stripe/stripe-js';

/** Our colors, type and corners for Stripe's fields, as they are seen now: its frames cannot read `tokens.css`. */
export function stripeAppearance(): Appearance {
  const style = getComputedStyle(document.documentElement);
  const size = (name: string) => style.getPropertyValue(name).trim();
  const [ink, muted, line, indigo] = ['ink', 'muted', 'line', 'indigo'].map(color) as [string, string, string, string];
  return {
    theme: 'stripe',
    variables: {
      colorPrimary: indigo,
      colorBackground: color('card'),
      colorText: ink,
      colorTextSecondary: muted,
      colorTextPlaceholder: muted,
      colorDanger: color('clay'),
      colorSuccess: color('leaf'),
      fontFamily: size('--font-sans'),
      fontSizeBase: '17px',
      fontSizeSm: size('--text-small'),
      borderRadius: size('--radius-control'),
      spacingUnit: '4px',
    },
    rules: {
      '.Input': { border: `1px solid ${line}`, boxShadow: 'none', padding: '12px 14px' },
      '.Input:focus': { border: `1px solid ${indigo}`, outline: `2px solid ${indigo}`, boxShadow: 'none' },
      '.Tab': { border: `1px solid ${line}`, boxShadow: 'none' },
      '.Tab--selected': { border: `1px solid ${indigo}`, boxShadow: 'none' },
      '.Label': { fontWeight: '500' },
    },
  };
}

/** Calls back when the shopper, or their system, turns to light or dark. */
export function onThemeChange(changed: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  system.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    system.removeEventListener('change', changed);
  };
}

/** A token as #rrggbb, since Stripe knows neither oklch() nor light-dark(): painted, and read back. */
function color(token: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(--color-${token})`;
  document.body.append(probe);
  const painted = getComputedStyle(probe).color;
  probe.remove();
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d');
  if (!context) return painted;
  context.fillStyle = painted;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
  return `#${[red, green, blue].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}
