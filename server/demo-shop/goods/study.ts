import { alike, type DemoGood, good } from './good.ts';

export const STUDY: readonly DemoGood[] = [
  good({
    handle: 'atlas-of-small-harbors',
    title: 'An Atlas of Small Harbors',
    brand: 'Nine Herons Press',
    category: 'books',
    seller: 'vellum-and-valve',
    kind: 'book',
    shape: 0,
    accent: 'cream',
    tags: ['travel', 'maps', 'illustrated'],
    description: `
      Forty harbors with fewer than forty boats, each given a chart, a drawing and two pages of talk with the person
      who keeps the light or the ice machine. Marguerite Oyelaran spent six years and one leaking ketch on it. 248
      pages, printed in three colors on uncoated paper, with a folding map at the back.
    `,
    priceCents: 2200,
    weightGrams: 520,
    color: 'sea',
    steps: { Format: { Paperback: [0, 0], Hardcover: [1200, 260] } },
  }),
  good({
    handle: 'bread-and-other-clocks',
    title: 'Bread and Other Clocks, three volumes',
    brand: 'Nine Herons Press',
    category: 'books',
    seller: 'vellum-and-valve',
    kind: 'book',
    shape: 1,
    accent: 'rust',
    tags: ['cooking', 'baking', 'essays'],
    description: `
      Thirty-one recipes in three small books, arranged by the time they ask of you, from flatbread in a quarter of an
      hour to a rye that takes four days. Between them Anton Relic, who bakes for a hospital, writes about night work.
      Weights are in grams throughout. Thread-sewn, so each book stays open beside the dough.
    `,
    priceCents: 3600,
    weightGrams: 610,
    color: 'butter',
    steps: { Format: { Paperback: [0, 0], Hardcover: [1000, 240] } },
  }),
  good({
    handle: 'the-lamplighters-niece',
    title: 'The Lamplighter’s Niece',
    brand: 'Nine Herons Press',
    category: 'books',
    seller: 'vellum-and-valve',
    kind: 'book',
    shape: 2,
    accent: 'brass',
    tags: ['novel', 'fiction', 'mystery'],
    description: `
      In a town that has just been promised electric light, somebody is putting out the gas lamps one street at a
      time, and Odile, sixteen, knows the ladder they must be using. A short novel by Sabela Moure with eleven
      linocuts. 176 pages, with a ribbon and a typeface that is kind to tired eyes.
    `,
    priceCents: 1600,
    weightGrams: 280,
    color: 'midnight',
    steps: { Format: { Paperback: [0, 0], Hardcover: [900, 170] } },
  }),
  good({
    handle: 'mending-a-manual',
    title: 'Mending: A Manual in a slipcase',
    brand: 'Nine Herons Press',
    category: 'books',
    seller: 'vellum-and-valve',
    kind: 'book',
    shape: 3,
    accent: 'chalk',
    tags: ['craft', 'repair', 'illustrated'],
    description: `
      Three volumes, for cloth, wood and clay: darns, patches, chair seats, cracked bowls, flat tires and a chapter on
      apologies. Every repair is drawn step by step at the size of the real thing, and marked with one to three
      needles for difficulty. The covers wipe clean. The author, Tove Lind, ran a repair stall on Saturdays for twenty
      years.
    `,
    priceCents: 4800,
    compareAtCents: 5600,
    weightGrams: 1380,
    color: ['terracotta', 'indigo'],
  }),

  good({
    handle: 'cloth-journal',
    title: 'Cloth-bound journal',
    brand: 'Vellum & Valve',
    category: 'notebooks',
    seller: 'vellum-and-valve',
    kind: 'notebook',
    shape: 0,
    accent: 'cream',
    tags: ['paper', 'journal', 'writing'],
    description: `
      A5, 192 pages of 100-gram paper that takes a fountain pen without ghosting. Sewn in twelve sections and rounded
      at the spine, it opens flat on the first day. Bookcloth over board, a ribbon, an elastic, and an index at the
      front for those who number their pages. Bound three streets from our counter.
    `,
    priceCents: 2100,
    weightGrams: 380,
    color: ['indigo', 'moss', 'madder', 'oat'],
    steps: { Ruling: alike('Plain', 'Lined', 'Dotted') },
  }),
  good({
    handle: 'pocket-notebooks',
    title: 'Pocket notebooks',
    brand: 'Vellum & Valve',
    category: 'notebooks',
    seller: 'vellum-and-valve',
    kind: 'notebook',
    shape: 3,
    tags: ['paper', 'pocket', 'set'],
    description: `
      Nine by fourteen centimeters, 48 pages, sewn once through the fold. Thin enough to sit on and cheap enough to
      waste, which is what a first idea needs. The cover is letterpress card with a box for dates, and the last four
      leaves are perforated. They come banded in threes in one color.
    `,
    priceCents: 950,
    weightGrams: 105,
    color: ['saffron', 'slate', 'rose'],
    steps: { Ruling: alike('Plain', 'Squared') },
  }),
  good({
    handle: 'spiral-sketchbook',
    title: 'Wire-bound sketchbook',
    brand: 'Vellum & Valve',
    category: 'notebooks',
    seller: 'vellum-and-valve',
    kind: 'notebook',
    shape: 1,
    accent: 'iron',
    tags: ['paper', 'drawing', 'sketch'],
    description: `
      Sixty sheets with enough tooth for pencil and enough weight, 160 grams, for a light wash. The wire runs along
      the top and the cover folds right around, so you can draw standing up. Gray board at the back is stiff as a
      table. The paper is made from cotton offcuts and will not yellow.
    `,
    priceCents: 1750,
    weightGrams: 480,
    color: ['charcoal', 'terracotta', 'sky'],
    steps: { Size: { A5: [0, 0], A4: [900, 470] } },
  }),
  good({
    handle: 'leather-traveler',
    title: 'Refillable leather notebook',
    brand: 'Vellum & Valve',
    category: 'notebooks',
    seller: 'vellum-and-valve',
    kind: 'notebook',
    shape: 2,
    accent: 'saffron',
    tags: ['leather', 'refill', 'travel'],
    description: `
      One piece of leather, one elastic and three booklets that slip under it: plain, lined and squared. When a
      booklet is full, another takes its place and the cover keeps its scars. A pencil comes with it. It fits a coat
      pocket and softens after a season of being carried.
    `,
    priceCents: 4400,
    weightGrams: 260,
    color: ['chestnut', 'charcoal', 'olive'],
    steps: { Refills: { 'With 3': [0, 0], 'With 6': [1100, 150] } },
  }),

  good({
    handle: 'kitchen-radio',
    title: 'Kitchen radio',
    brand: 'Murmel',
    category: 'radios',
    seller: 'vellum-and-valve',
    kind: 'radio',
    shape: 0,
    accent: 'cream',
    tags: ['fm', 'dab', 'wood'],
    description: `
      FM and DAB+, with a knob each for station, volume and tone, all usable with floury fingers. A single wide-range
      loudspeaker works in a sealed birch cabinet, which makes voices sound as if they stood at the stove. It runs on
      the mains or for 18 hours on a battery you can exchange yourself.
    `,
    priceCents: 16900,
    weightGrams: 1850,
    color: ['beech', 'walnut', 'sage'],
  }),
  good({
    handle: 'portable-radio',
    title: 'Portable radio',
    brand: 'Murmel',
    category: 'radios',
    seller: 'vellum-and-valve',
    kind: 'radio',
    shape: 1,
    accent: 'chalk',
    tags: ['fm', 'portable', 'battery'],
    description: `
      For football on the balcony and the news in a power cut. Four AA cells last about ninety hours; an analog dial
      means there is nothing to wake up. The telescopic aerial folds into the back, and a leather handle hangs on any
      hook. There is an earphone socket and a light for the scale.
    `,
    priceCents: 6900,
    weightGrams: 680,
    color: ['madder', 'chalk', 'sea', 'charcoal'],
  }),
  good({
    handle: 'table-tube-radio',
    title: 'Table radio with tubes',
    brand: 'Vellum & Valve',
    category: 'radios',
    seller: 'vellum-and-valve',
    kind: 'radio',
    shape: 2,
    accent: 'brass',
    tags: ['tube', 'wood', 'hi-fi'],
    description: `
      Two small tubes do the amplifying and need half a minute to warm up, time enough to find a chair. The rest is
      new: shielded transformer, Bluetooth receiver, a line input for a record player. Built twelve at a time by two
      engineers who sign the chassis. Leave a hand’s width of air above it.
    `,
    priceCents: 48900,
    weightGrams: 6200,
    color: ['walnut', 'oak'],
    steps: { Mains: alike('230 V', '115 V') },
  }),
  good({
    handle: 'carry-radio',
    title: 'Carry-around radio speaker',
    brand: 'Murmel',
    category: 'radios',
    seller: 'vellum-and-valve',
    kind: 'radio',
    shape: 3,
    accent: 'saffron',
    tags: ['speaker', 'bluetooth', 'portable'],
    description: `
      A round loudspeaker that plays into the whole room, with DAB+ on board for when the telephone is elsewhere. Turn
      the ring on top for volume, press it for the next of six stations. The cover is woven wool and unzips for the
      wash. Fourteen hours to a charge, and the battery pack slides out from below.
    `,
    priceCents: 14900,
    compareAtCents: 17500,
    weightGrams: 1150,
    color: ['slate', 'clay', 'pine'],
  }),

  good({
    handle: 'studio-headphones',
    title: 'Studio headphones',
    brand: 'Murmel',
    category: 'headphones',
    seller: 'vellum-and-valve',
    kind: 'headphones',
    shape: 0,
    accent: 'charcoal',
    tags: ['over-ear', 'wired', 'audio'],
    description: `
      Closed cups and a calm, level sound that flatters nothing, tuned together with a small broadcaster. Pads,
      headband and cable come off by hand, and we stock all three. The coiled cable reaches three meters. Sixty-two
      ohms suit a telephone as well as a mixing desk. Wipe the pads, do not soak them.
    `,
    priceCents: 18900,
    weightGrams: 285,
    color: ['charcoal', 'cream', 'pine'],
  }),
  good({
    handle: 'commuter-earbuds',
    title: 'Commuter earbuds',
    brand: 'Murmel',
    category: 'headphones',
    seller: 'vellum-and-valve',
    kind: 'headphones',
    shape: 2,
    accent: 'saffron',
    tags: ['wireless', 'noise canceling', 'earbuds'],
    description: `
      Noise canceling that takes away the train but leaves the announcements. Seven hours in the ear and three more
      charges in the case, whose battery sits behind one screw. Each bud has a real button, because gloves exist. Four
      sizes of silicone tip are enclosed. If one bud is lost, we sell the other half of a pair.
    `,
    priceCents: 15900,
    compareAtCents: 17900,
    weightGrams: 62,
    color: ['charcoal', 'midnight', 'clay'],
  }),
  good({
    handle: 'feather-headphones',
    title: 'Featherweight headphones',
    brand: 'Murmel',
    category: 'headphones',
    seller: 'vellum-and-valve',
    kind: 'headphones',
    shape: 1,
    accent: 'pewter',
    tags: ['on-ear', 'wired', 'light'],
    description: `
      A strip of spring steel and two foam cushions: 58 grams, the weight of an egg. The sound is open, so you will
      hear the doorbell. The foam wears out after some years of use, and a spare pair is in the box. They suit
      glasses, hot days and people who dislike being shut in.
    `,
    priceCents: 4500,
    weightGrams: 58,
    color: ['iron', 'sky', 'rust', 'olive'],
  }),
  good({
    handle: 'wooden-cup-headphones',
    title: 'Open-back wooden headphones',
    brand: 'Vellum & Valve',
    category: 'headphones',
    seller: 'vellum-and-valve',
    kind: 'headphones',
    shape: 3,
    accent: 'chestnut',
    tags: ['open-back', 'wood', 'hi-fi'],
    description: `
      Cups turned by the joiners at Ostermoor from offcuts of their chairs, with a woven mesh behind the driver so
      that the music seems to stand in the room. Best at home, as everyone nearby hears it too. Velour pads, leather
      band, a two-meter cable in cotton. A stand of the same wood is included.
    `,
    priceCents: 31900,
    weightGrams: 760,
    color: ['walnut', 'oak', 'beech'],
    soldOut: 'oak',
  }),
];
