import { type DemoGood, good } from './good.ts';

export const BATH: readonly DemoGood[] = [
  good({
    handle: 'olive-oil-soap',
    title: 'Olive oil soap',
    brand: 'Green Stair',
    category: 'soaps',
    seller: 'green-stair-apothecary',
    kind: 'soap',
    shape: 0,
    tags: ['soap', 'olive oil', 'unscented'],
    description: `
      Seven parts olive oil and one part laurel oil, boiled for three days and then cut on the floor of the drying
      loft. Fresh bars are green; a year of air turns the outside tan while the heart stays bright. It lathers quietly
      and rinses clean. Give it a dish that drains.
    `,
    priceCents: 650,
    weightGrams: 160,
    color: { Oil: { 'Olive, aged': 'sand', 'Olive and laurel': 'olive' } },
    steps: { Set: { Single: [0, 0], 'Set of 3': [1150, 320] } },
  }),
  good({
    handle: 'garden-soap',
    title: 'Garden bar soaps',
    brand: 'Green Stair',
    category: 'soaps',
    seller: 'green-stair-apothecary',
    kind: 'soap',
    shape: 3,
    tags: ['soap', 'herbs', 'scented'],
    description: `
      Cold-processed from rapeseed, coconut and shea, scented with plants we distill in the yard and nothing from a
      laboratory. Each bar weighs 110 grams after six weeks of curing. Lavender calms, lemon verbena wakes, and
      rosemary takes garlic off the fingers. Wrapped in a strip of paper with its date.
    `,
    priceCents: 1950,
    weightGrams: 350,
    steps: { Set: { 'Set of 3': [0, 0], 'Set of 6': [1700, 345] } },
    color: { Scent: { Lavender: 'lavender', 'Lemon verbena': 'butter', Rosemary: 'sage', 'Wild rose': 'rose' } },
  }),
  good({
    handle: 'workshop-soap',
    title: 'Workshop hand soap',
    brand: 'Green Stair',
    category: 'soaps',
    seller: 'green-stair-apothecary',
    kind: 'soap',
    shape: 2,
    tags: ['soap', 'scrub', 'hands'],
    description: `
      For people who come in with chain oil, clay or beetroot on their hands. Ground pumice does the scrubbing, pine
      tar or clove does the smelling, and lanolin sees to it that the skin does not pay. It comes on a rope to be hung
      at the tap. Too coarse for faces.
    `,
    priceCents: 840,
    weightGrams: 190,
    color: { Scent: { 'Pine tar': 'charcoal', Clove: 'chestnut', Plain: 'ash' } },
  }),
  good({
    handle: 'shaving-soap',
    title: 'Shaving soap in a dish',
    brand: 'Green Stair',
    category: 'soaps',
    seller: 'green-stair-apothecary',
    kind: 'soap',
    shape: 1,
    accent: 'walnut',
    tags: ['soap', 'shaving', 'wood'],
    description: `
      A hard, creamy puck that gives about four months of daily shaves and fits the turned wooden dish it is sold in.
      Load a wet brush for half a minute, then build the lather on the face. Refills come without the dish. Let the
      lid off until both are dry again.
    `,
    priceCents: 1650,
    weightGrams: 210,
    color: { Scent: { Sandalwood: 'oak', Vetiver: 'moss', Unscented: 'cream' } },
    steps: { Pack: { 'With dish': [0, 0], Refill: [-650, -120] } },
  }),

  good({
    handle: 'beeswax-pillar',
    title: 'Beeswax pillar candle',
    brand: 'Candlewright',
    category: 'candles',
    seller: 'green-stair-apothecary',
    kind: 'candle',
    shape: 0,
    tags: ['beeswax', 'pillar', 'light'],
    description: `
      Pure beeswax from the same hives as our honey, filtered through cotton and poured slowly to avoid cracks. It
      smells of summer before it is lit. The small pillar burns for 30 hours, the tall one for 70. Let the pool reach
      the rim each time, and cut the wick to half a centimeter.
    `,
    priceCents: 1480,
    weightGrams: 320,
    color: ['honey', 'cream', 'rust'],
    steps: { Height: { '9 cm': [0, 0], '15 cm': [950, 240] } },
  }),
  good({
    handle: 'dinner-tapers',
    title: 'Hand-dipped dinner tapers',
    brand: 'Candlewright',
    category: 'candles',
    seller: 'green-stair-apothecary',
    kind: 'candle',
    shape: 2,
    tags: ['rapeseed wax', 'taper', 'table'],
    description: `
      Dipped twenty-eight times, in pairs that share a wick until you cut it. The color goes all the way through, so a
      broken taper still looks well. They fit holders of 22 millimeters and burn for about seven hours without
      dripping, provided nobody opens a window. Store them flat and cool.
    `,
    priceCents: 980,
    weightGrams: 170,
    color: ['madder', 'indigo', 'sage', 'saffron'],
    steps: { Set: { 'Set of 4': [0, 0], 'Set of 8': [820, 160] } },
  }),
  good({
    handle: 'tumbler-candle',
    title: 'Scented candle in a tumbler',
    brand: 'Candlewright',
    category: 'candles',
    seller: 'green-stair-apothecary',
    kind: 'candle',
    shape: 1,
    tags: ['rapeseed wax', 'scented', 'glass'],
    description: `
      Rapeseed wax in a pressed-glass tumbler that becomes a drinking glass afterward: pour in hot water and the rest
      of the wax floats out. The scents are mild on purpose and fill a bedroom, not a staircase. Forty-five hours.
      Burn it for two hours the first time so that the surface melts evenly.
    `,
    priceCents: 2200,
    weightGrams: 410,
    color: { Scent: { 'Fig leaf': 'moss', Cedar: 'clay', 'Orange peel': 'terracotta', 'Sea salt': 'sky' } },
    soldOut: 'terracotta',
  }),
  good({
    handle: 'ribbed-candles',
    title: 'Ribbed candles on a tray',
    brand: 'Candlewright',
    category: 'candles',
    seller: 'green-stair-apothecary',
    kind: 'candle',
    shape: 3,
    accent: 'walnut',
    tags: ['rapeseed wax', 'pillar', 'winter'],
    description: `
      Two candles of different height, cast in turned molds that give them their beehive ribs, on a small walnut tray
      with a rim. The ribs thin the wall, so the upper rings glow as the flame sinks. Fifteen and twenty-five hours.
      Wax that runs down is part of the plan and lifts off the wood once cold.
    `,
    priceCents: 2650,
    compareAtCents: 3100,
    weightGrams: 640,
    color: ['chalk', 'plum', 'pine'],
    steps: { Pack: { 'With tray': [0, 0], 'Candles only': [-950, -220] } },
  }),
];
