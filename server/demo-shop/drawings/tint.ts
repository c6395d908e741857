/** Colors of the drawings, worked out in OKLCH so that a light and a dark of any hue look like one material under one lamp. */

interface Oklch {
  readonly lightness: number;
  readonly chroma: number;
  readonly hue: number;
}

/**
 * The same material under more (0 to 1) or less (0 to -1) light.
 * Lights lean toward a warm lamp and shadows toward a cool room, which keeps gray out of the shading.
 */
export function shade(color: string, amount: number): string {
  const { lightness, chroma, hue } = toOklch(color);
  if (amount >= 0) {
    const lit = lightness + (0.985 - lightness) * amount;
    return oklch(lit, chroma * (1 - 0.45 * amount), leanHue(hue, 85, 0.1 * amount, chroma));
  }
  const depth = -amount;
  return oklch(lightness * (1 - 0.72 * depth), chroma * (1 - 0.25 * depth), leanHue(hue, 285, 0.16 * depth, chroma));
}

/** A color part of the way (0 to 1) from one to the other. */
export function blend(from: string, to: string, way: number): string {
  const [a, b] = [toLab(toOklch(from)), toLab(toOklch(to))];
  const [l, p, q] = [0, 1, 2].map((i) => a[i]! + (b[i]! - a[i]!) * way) as [number, number, number];
  return oklch(l, Math.hypot(p, q), degrees(Math.atan2(q, p)));
}

/** Lightness 0 to 1 as the eye sees it; decides between a light and a dark mark on a thing. */
export function lightnessOf(color: string): number {
  return toOklch(color).lightness;
}

/** '#rrggbb' of an OKLCH color; chroma gives way where the screen cannot show it. */
export function oklch(lightness: number, chroma: number, hue: number): string {
  for (let part = 1; part > 0; part -= 0.06) {
    const rgb = toLinearRgb({ lightness, chroma: chroma * part, hue });
    if (rgb.every((channel) => channel > -0.002 && channel < 1.002)) return toHex(rgb);
  }
  return toHex(toLinearRgb({ lightness, chroma: 0, hue }));
}

/** Refuses anything but '#rrggbb', naming what it was given. */
export function requireColor(color: string): string {
  if (!/^#[0-9a-f]{6}$/i.test(color))
    throw new RangeError(`A drawing's color must look like "#c2553a", not "${color}".`);
  return color.toLowerCase();
}

function leanHue(hue: number, toward: number, way: number, chroma: number): number {
  if (chroma < 0.01) return toward;
  const turn = ((toward - hue + 540) % 360) - 180;
  return hue + turn * way;
}

const known = new Map<string, Oklch>();

/** Björn Ottosson's OKLab matrices: https://bottosson.github.io/posts/oklab/ */
function toOklch(color: string): Oklch {
  const seen = known.get(color);
  if (seen) return seen;
  const hex = requireColor(color);
  const [r, g, b] = [1, 3, 5].map((at) => linear(Number.parseInt(hex.slice(at, at + 2), 16) / 255)) as [
    number,
    number,
    number,
  ];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const p = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const q = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  const made = {
    lightness: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    chroma: Math.hypot(p, q),
    hue: degrees(Math.atan2(q, p)),
  };
  if (known.size > 2000) known.clear();
  known.set(color, made);
  return made;
}

function toLab({ lightness, chroma, hue }: Oklch): readonly [number, number, number] {
  const angle = (hue * Math.PI) / 180;
  return [lightness, chroma * Math.cos(angle), chroma * Math.sin(angle)];
}

function toLinearRgb(color: Oklch): readonly number[] {
  const [lightness, p, q] = toLab(color);
  const l = (lightness + 0.3963377774 * p + 0.2158037573 * q) ** 3;
  const m = (lightness - 0.1055613458 * p - 0.0638541728 * q) ** 3;
  const s = (lightness - 0.0894841775 * p - 1.291485548 * q) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

function toHex(linearRgb: readonly number[]): string {
  const channels = linearRgb.map((value) => {
    const clamped = Math.min(1, Math.max(0, value));
    const gamma = clamped <= 0.0031308 ? 12.92 * clamped : 1.055 * clamped ** (1 / 2.4) - 0.055;
    return Math.round(gamma * 255)
      .toString(16)
      .padStart(2, '0');
  });
  return `#${channels.join('')}`;
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}

function degrees(radians: number): number {
  return ((radians * 180) / Math.PI + 360) % 360;
}
