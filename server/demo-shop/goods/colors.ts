export interface DemoColor {
  readonly name: string;
  readonly hex: string;
}

/** Colors of real materials: dyes, glazes, woods, metals, stone. */
export const COLORS = {
  indigo: { name: 'Indigo', hex: '#33417a' },
  midnight: { name: 'Midnight', hex: '#1f2a44' },
  sky: { name: 'Sky', hex: '#8db3cc' },
  sea: { name: 'Sea', hex: '#3f7f87' },
  pine: { name: 'Pine', hex: '#2f5a46' },
  moss: { name: 'Moss', hex: '#7f8b52' },
  olive: { name: 'Olive', hex: '#737a3c' },
  sage: { name: 'Sage', hex: '#a3b096' },
  saffron: { name: 'Saffron', hex: '#e0a126' },
  honey: { name: 'Honey', hex: '#d08a2c' },
  butter: { name: 'Butter', hex: '#ecd48a' },
  terracotta: { name: 'Terracotta', hex: '#c0623f' },
  clay: { name: 'Clay', hex: '#b0705a' },
  rust: { name: 'Rust', hex: '#a5482a' },
  madder: { name: 'Madder', hex: '#a4343a' },
  rose: { name: 'Rose', hex: '#d7a1a0' },
  plum: { name: 'Plum', hex: '#6b3a56' },
  lavender: { name: 'Lavender', hex: '#a79bc2' },
  chalk: { name: 'Chalk', hex: '#f1ede3' },
  cream: { name: 'Cream', hex: '#efe3c8' },
  oat: { name: 'Oat', hex: '#dccfb4' },
  sand: { name: 'Sand', hex: '#cdb48a' },
  ash: { name: 'Ash', hex: '#cbbfa8' },
  beech: { name: 'Beech', hex: '#d9b68a' },
  oak: { name: 'Oak', hex: '#b98b56' },
  chestnut: { name: 'Chestnut', hex: '#8a5433' },
  walnut: { name: 'Walnut', hex: '#5c4030' },
  cocoa: { name: 'Cocoa', hex: '#6b4a3a' },
  brass: { name: 'Brass', hex: '#c29a45' },
  copper: { name: 'Copper', hex: '#b56b43' },
  pewter: { name: 'Pewter', hex: '#8b9093' },
  slate: { name: 'Slate', hex: '#59656f' },
  iron: { name: 'Iron', hex: '#3f4244' },
  charcoal: { name: 'Charcoal', hex: '#33353a' },
} as const satisfies Record<string, DemoColor>;

export type ColorName = keyof typeof COLORS;
