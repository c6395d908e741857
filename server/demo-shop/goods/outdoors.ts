import { type DemoGood, good } from './good.ts';

export const OUTDOORS: readonly DemoGood[] = [
  good({
    handle: 'grocers-tote',
    title: 'Grocer’s tote',
    brand: 'Cordwain',
    category: 'bags',
    seller: 'sant-orsel-outfitters',
    kind: 'bag',
    shape: 0,
    tags: ['canvas', 'leather', 'shopping', 'carry'],
    description: `
      Eighteen-ounce canvas with a flat bottom, so bottles stand and eggs lie. Base and handles are leather; the
      handles are riveted through to a strip inside, which is how a bag carries fifteen kilograms without tearing. A
      loop inside holds keys. Brush the canvas with cold soapy water and leave the leather out of it.
    `,
    priceCents: 5900,
    weightGrams: 420,
    color: ['oat', 'midnight', 'terracotta', 'olive'],
  }),
  good({
    handle: 'buckled-backpack',
    title: 'Buckled backpack',
    brand: 'Cordwain',
    category: 'bags',
    seller: 'sant-orsel-outfitters',
    kind: 'bag',
    shape: 1,
    accent: 'chestnut',
    tags: ['waxed cotton', 'backpack', 'bicycle'],
    description: `
      Waxed cotton under a deep flap keeps a laptop of fifteen inches dry through an hour of rain. The two buckles
      hide push studs, so nobody needs to thread leather at a bus stop. Its back is padded with wool felt rather than
      foam. Rewax the seams each autumn with a cloth and a hair dryer.
    `,
    priceCents: 13900,
    compareAtCents: 15900,
    weightGrams: 980,
    color: ['pine', 'charcoal', 'saffron'],
    steps: { Volume: { '18 l': [0, 0], '26 l': [2000, 180] } },
  }),
  good({
    handle: 'letter-satchel',
    title: 'Letter carrier’s satchel',
    brand: 'Cordwain',
    category: 'bags',
    seller: 'sant-orsel-outfitters',
    kind: 'bag',
    shape: 2,
    accent: 'brass',
    tags: ['leather', 'satchel', 'work'],
    description: `
      Saddle leather three millimeters thick, cut from the back of the hide and stitched with linen thread, nine
      stitches to the inch. It takes A4 folders, a newspaper and lunch. The flap closes over two studs without any
      magnet. Scratches rub out with a thumb; feed it with fat once a year.
    `,
    priceCents: 26500,
    weightGrams: 1350,
    color: ['chestnut', 'cocoa', 'charcoal'],
  }),
  good({
    handle: 'weekend-bag',
    title: 'Long weekend bag',
    brand: 'Sant Orsel',
    category: 'bags',
    seller: 'sant-orsel-outfitters',
    kind: 'bag',
    shape: 3,
    accent: 'cocoa',
    tags: ['canvas', 'leather', 'travel'],
    description: `
      Thirty-eight liters: three days of clothes, one pair of shoes in a compartment of its own, and a book. The mouth
      opens on a steel frame and stays open while you pack. It measures 50 centimeters and passes as hand luggage on
      trains and most aircraft. Brush off mud only once it has dried.
    `,
    priceCents: 18900,
    weightGrams: 1700,
    color: ['slate', 'sand', 'plum'],
    soldOut: 'plum',
  }),

  good({
    handle: 'two-tone-bell',
    title: 'Two-tone bicycle bell',
    brand: 'Lantern Lane',
    category: 'bicycle-bells',
    seller: 'lantern-lane-metalworks',
    kind: 'bicycle-bell',
    shape: 0,
    tags: ['steel', 'bicycle', 'bell'],
    description: `
      Two hammers spin inside a steel dome and strike a third apart, the sound of old delivery bicycles. The lever is
      long enough for thick gloves. One band fits handlebars of 22 to 26 millimeters, another, also in the box, those
      of 31.8. A drop of sewing-machine oil each spring keeps it quick.
    `,
    priceCents: 2400,
    weightGrams: 145,
    color: ['pewter', 'madder', 'midnight'],
  }),
  good({
    handle: 'brass-dome-bell',
    title: 'Turned dome bell',
    brand: 'Lantern Lane',
    category: 'bicycle-bells',
    seller: 'lantern-lane-metalworks',
    kind: 'bicycle-bell',
    shape: 1,
    accent: 'charcoal',
    tags: ['brass', 'bicycle', 'bell'],
    description: `
      The dome is turned from solid bar, not stamped, and rings for nine seconds if nothing touches it. A sprung
      striker sits underneath, out of the rain. It clamps with a single screw, which is made to be turned with a coin.
      Brass browns with weather; lacquered steel stays as it is.
    `,
    priceCents: 3600,
    weightGrams: 92,
    color: ['brass', 'copper', 'pewter'],
    steps: { Clamp: { '22.2 mm': [0, 0], '31.8 mm': [200, 6] } },
  }),
  good({
    handle: 'bulb-horn',
    title: 'Bulb horn',
    brand: 'Lantern Lane',
    category: 'bicycle-bells',
    seller: 'lantern-lane-metalworks',
    kind: 'bicycle-bell',
    shape: 3,
    accent: 'brass',
    tags: ['brass', 'bicycle', 'horn', 'cargo bike'],
    description: `
      For cargo bicycles, market carts and anyone a bell is too shy for. The tube makes one full turn before it opens,
      which puts the note low enough to carry under traffic. The rubber bulb is replaceable and stays soft in frost.
      It bolts to bars of 22 to 32 millimeters. Neighbors will know you by it.
    `,
    priceCents: 3450,
    weightGrams: 260,
    color: ['charcoal', 'madder', 'sea'],
  }),
  good({
    handle: 'river-path-bell',
    title: 'Painted bell',
    brand: 'Lantern Lane',
    category: 'bicycle-bells',
    seller: 'lantern-lane-metalworks',
    kind: 'bicycle-bell',
    shape: 2,
    accent: 'cream',
    tags: ['steel', 'bicycle', 'bell', 'painted'],
    description: `
      Jana Holt paints these domes with enamel in the back room, one color over another, and fires them at 800
      degrees. Petals, dots or a wreath of leaves, whatever the day suggests. The mechanism underneath is the sturdy
      kind with a wound spring. Gravel will not mark it; a hammer would.
    `,
    priceCents: 2900,
    compareAtCents: 3400,
    weightGrams: 160,
    color: ['sea', 'rust', 'lavender', 'pine'],
  }),
];
