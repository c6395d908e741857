import { type DemoGood, good } from './good.ts';

export const KITCHEN: readonly DemoGood[] = [
  good({
    handle: 'harbor-cup',
    title: 'Harbor cup',
    brand: 'Ines Varga',
    category: 'cups',
    seller: 'kalkhof-pottery',
    kind: 'cup',
    shape: 0,
    tags: ['stoneware', 'mug', 'coffee', 'tea'],
    description: `
      Ines Varga throws this straight-sided cup in her workshop behind the fish hall, and presses a thumb rest into
      the handle while the clay is still soft. The glaze covers everything but the foot. The small one takes a flat
      white, the large one a full mug of tea. Both go into the dishwasher and, without fuss, into the microwave.
    `,
    priceCents: 1600,
    weightGrams: 240,
    color: ['chalk', 'indigo', 'sea', 'terracotta'],
    steps: { Size: { '180 ml': [0, 0], '320 ml': [400, 110] } },
  }),
  good({
    handle: 'espresso-cups-first-light',
    title: 'First light espresso cups',
    brand: 'Kalkhof',
    category: 'cups',
    seller: 'kalkhof-pottery',
    kind: 'cup',
    shape: 1,
    tags: ['porcelain', 'espresso', 'set'],
    description: `
      Porcelain cups of 80 milliliters, thin at the lip and thick toward the base, where the heat should stay. They
      are cast in two-part molds at Kalkhof and the seam is sponged away by hand, so no two rims are quite alike.
      Rinse before the coffee dries, or use the upper rack of the dishwasher.
    `,
    priceCents: 2400,
    weightGrams: 260,
    color: ['cream', 'saffron', 'slate'],
    steps: { Set: { 'Set of 2': [0, 0], 'Set of 4': [2000, 250], 'Set of 6': [3800, 500] } },
  }),
  good({
    handle: 'tavern-beaker',
    title: 'Tavern beaker',
    brand: 'Kalkhof',
    category: 'cups',
    seller: 'kalkhof-pottery',
    kind: 'cup',
    shape: 2,
    tags: ['stoneware', 'beaker', 'water', 'wine'],
    description: `
      A beaker without a handle, waisted in the middle so that wet fingers keep hold of it. It holds a quarter of a
      liter up to the ridge and came out of an order for a wine bar that wanted nothing tall on its tables.
      Reduction-fired stoneware, speckled with iron. Stacks three high in a cupboard.
    `,
    priceCents: 1450,
    weightGrams: 280,
    color: ['moss', 'oat', 'iron'],
    steps: { Set: { Single: [0, 0], 'Set of 4': [3950, 840] } },
  }),
  good({
    handle: 'lakeside-enamel-mug',
    title: 'Lakeside enamel mug',
    brand: 'Lantern Lane',
    category: 'cups',
    seller: 'lantern-lane-metalworks',
    kind: 'cup',
    shape: 3,
    accent: 'charcoal',
    tags: ['enamel', 'camping', 'mug'],
    description: `
      Steel pressed in one piece, dipped twice in enamel and finished with a dark rolled rim. It holds 350
      milliliters, weighs less than a bread roll and can stand directly on a camping stove, though then the handle
      needs a cloth. A hard fall may chip it; the chip will darken and do no harm.
    `,
    priceCents: 1250,
    compareAtCents: 1500,
    weightGrams: 150,
    color: ['midnight', 'madder', 'chalk', 'pine'],
  }),

  good({
    handle: 'morning-bowl',
    title: 'Morning bowl',
    brand: 'Ines Varga',
    category: 'bowls',
    seller: 'kalkhof-pottery',
    kind: 'bowl',
    shape: 0,
    tags: ['stoneware', 'breakfast', 'soup'],
    description: `
      The breakfast bowl from Ines Varga’s own shelf: wide enough for porridge and berries, deep enough for soup at
      noon. The foot ring is turned high so that a hot bowl can be lifted from below. Matte outside, glossy inside,
      and safe in an oven up to 180 degrees.
    `,
    priceCents: 1900,
    weightGrams: 420,
    color: ['oat', 'sky', 'rose', 'pine'],
    steps: { Size: { '14 cm': [0, 0], '17 cm': [500, 180] } },
  }),
  good({
    handle: 'noodle-bowl',
    title: 'Deep noodle bowl',
    brand: 'Kalkhof',
    category: 'bowls',
    seller: 'kalkhof-pottery',
    kind: 'bowl',
    shape: 1,
    tags: ['stoneware', 'ramen', 'noodles'],
    description: `
      Nineteen centimeters across, nine deep, with room for a liter of broth and everything that swims in it. A notch
      in the rim keeps chopsticks from rolling off. The glaze is poured in one go, which leaves a darker tide line
      that differs from bowl to bowl. Put it in the dishwasher as often as you like.
    `,
    priceCents: 2600,
    weightGrams: 680,
    color: ['charcoal', 'terracotta', 'cream'],
    steps: { Set: { Single: [0, 0], 'Set of 2': [2300, 680] } },
  }),
  good({
    handle: 'turned-salad-bowl',
    title: 'Turned salad bowl',
    brand: 'Ostermoor',
    category: 'bowls',
    seller: 'ostermoor-joinery',
    kind: 'bowl',
    shape: 2,
    tags: ['wood', 'salad', 'serving'],
    description: `
      Turned from a single block while the wood is green, dried for half a year, then turned again, because it will
      have gone oval in between. Walls are a finger thick and soaked with linseed oil. Wash it by hand, dry it at once
      and rub in a spoon of oil twice a year.
    `,
    priceCents: 6800,
    weightGrams: 780,
    color: ['beech', 'oak', 'walnut'],
    steps: { Diameter: { '24 cm': [0, 0], '30 cm': [2600, 520] } },
  }),
  good({
    handle: 'dip-bowls',
    title: 'Nesting dip bowls',
    brand: 'Kalkhof',
    category: 'bowls',
    seller: 'kalkhof-pottery',
    kind: 'bowl',
    shape: 3,
    tags: ['stoneware', 'set', 'serving'],
    description: `
      Shallow little dishes that sit inside each other like spoons: for olives and their stones, salt, three kinds of
      chutney, or earrings by the bed. The largest measures eleven centimeters. Each set is glazed from one bucket, so
      the color matches across it. They survive the dishwasher and most children.
    `,
    priceCents: 2200,
    weightGrams: 390,
    color: ['saffron', 'sage', 'indigo'],
    steps: { Set: { 'Set of 3': [0, 0], 'Set of 5': [1300, 260] } },
  }),

  good({
    handle: 'round-belly-teapot',
    title: 'Round belly teapot',
    brand: 'Kalkhof',
    category: 'teapots',
    seller: 'kalkhof-pottery',
    kind: 'teapot',
    shape: 0,
    tags: ['stoneware', 'tea'],
    description: `
      A generous stoneware pot whose spout leaves the belly low and is cut at a sharp angle, which is what stops it
      from dripping. The lid has a small tongue that holds it in place while you pour the last cup. A steel basket for
      loose leaves is included. Warm the pot first in winter.
    `,
    priceCents: 5400,
    weightGrams: 820,
    color: ['chalk', 'sea', 'rust'],
    steps: { Size: { '0.6 l': [0, 0], '1.1 l': [1400, 360] } },
  }),
  good({
    handle: 'ember-iron-teapot',
    title: 'Ember iron teapot',
    brand: 'Lantern Lane',
    category: 'teapots',
    seller: 'lantern-lane-metalworks',
    kind: 'teapot',
    shape: 1,
    tags: ['cast iron', 'tea'],
    description: `
      Cast in sand, ground smooth and enameled inside, so the iron never touches the tea. It stays hot for the better
      part of an hour without a warmer. The arched handle folds to one side to free the lid. Rinse with water only and
      leave it open to dry; keep it off induction plates.
    `,
    priceCents: 7900,
    compareAtCents: 9200,
    weightGrams: 1750,
    color: ['iron', 'pine', 'madder'],
    steps: { Size: { '0.8 l': [0, 0], '1.2 l': [1500, 550] } },
  }),
  good({
    handle: 'mint-tea-pot',
    title: 'Mint tea pot',
    brand: 'Lantern Lane',
    category: 'teapots',
    seller: 'lantern-lane-metalworks',
    kind: 'teapot',
    shape: 2,
    tags: ['brass', 'mint tea', 'pot'],
    description: `
      A tall pot with a long curved spout, made to pour from a height so that the tea froths in the glass. The body is
      spun metal, tinned inside, and the knob on the lid is beech to spare your fingers. It serves six small glasses.
      Polish with lemon and salt when it dulls.
    `,
    priceCents: 6200,
    weightGrams: 640,
    accent: 'beech',
    color: ['brass', 'pewter', 'copper'],
  }),
  good({
    handle: 'side-handle-pot',
    title: 'Side-handle teapot',
    brand: 'Ines Varga',
    category: 'teapots',
    seller: 'kalkhof-pottery',
    kind: 'teapot',
    shape: 3,
    tags: ['red clay', 'green tea'],
    description: `
      Made for green tea and for one or two people: a small pot with a hollow handle at right angles to the spout,
      tipped by turning the wrist. The strainer is pierced into the wall itself, ninety holes with a needle. Unglazed
      inside, it should be rinsed with hot water and never see soap.
    `,
    priceCents: 5800,
    weightGrams: 310,
    color: ['terracotta', 'charcoal'],
    steps: { Size: { '250 ml': [0, 0], '400 ml': [900, 120] } },
  }),

  good({
    handle: 'cooks-knife',
    title: 'Cook’s knife',
    brand: 'Radu Forge',
    category: 'knives',
    seller: 'lantern-lane-metalworks',
    kind: 'knife',
    shape: 0,
    tags: ['carbon steel', 'chef', 'blade'],
    description: `
      Radu forges the blade from carbon steel and grinds it thin behind the edge, so it falls through an onion instead
      of splitting it. The steel takes a gray patina within weeks, and that is how it should look. Wipe it dry after
      use and bring the edge back on a 1000-grit stone.
    `,
    priceCents: 13900,
    weightGrams: 190,
    color: ['walnut', 'olive', 'charcoal'],
    steps: { Length: { '18 cm': [0, 0], '21 cm': [1600, 30] } },
  }),
  good({
    handle: 'paring-knife',
    title: 'Paring knife',
    brand: 'Radu Forge',
    category: 'knives',
    seller: 'lantern-lane-metalworks',
    kind: 'knife',
    shape: 1,
    tags: ['stainless steel', 'peeling', 'blade'],
    description: `
      Eight centimeters of stainless steel with a tip fine enough to take the eyes out of a potato. The handle is
      short, round and a little fat, for work done in the hand over a bowl. It may be washed in the sink but not in
      the machine, which loosens the wood.
    `,
    priceCents: 3400,
    weightGrams: 60,
    color: ['beech', 'walnut', 'madder', 'indigo'],
  }),
  good({
    handle: 'long-tooth-bread-knife',
    title: 'Long tooth bread knife',
    brand: 'Lantern Lane',
    category: 'knives',
    seller: 'lantern-lane-metalworks',
    kind: 'knife',
    shape: 2,
    tags: ['stainless steel', 'bread', 'serrated'],
    description: `
      Wide, shallow teeth bite into a hard crust at the first stroke and leave fewer crumbs on the board than a fine
      saw does. At 25 centimeters the blade reaches across a country loaf. The handle is offset, so knuckles stay
      clear. Lantern Lane regrinds it free of charge for five years.
    `,
    priceCents: 5900,
    weightGrams: 170,
    color: ['oak', 'charcoal'],
  }),
  good({
    handle: 'market-cleaver',
    title: 'Market cleaver',
    brand: 'Radu Forge',
    category: 'knives',
    seller: 'lantern-lane-metalworks',
    kind: 'knife',
    shape: 3,
    tags: ['carbon steel', 'vegetables', 'cleaver'],
    description: `
      A thin, tall blade for cabbage, herbs and squash that also scoops what it has chopped into the pan. It is meant
      for vegetables and boneless meat only. The cheek is left black from the forge, which keeps slices from sticking.
      Comes with a beech guard and a small tin of camellia oil.
    `,
    priceCents: 11800,
    compareAtCents: 13200,
    weightGrams: 310,
    color: ['chestnut', 'iron'],
    steps: { Length: { '17 cm': [0, 0], '19 cm': [1200, 45] } },
  }),

  good({
    handle: 'pickling-crock',
    title: 'Pickling crock',
    brand: 'Kalkhof',
    category: 'jars',
    seller: 'kalkhof-pottery',
    kind: 'jar',
    shape: 0,
    tags: ['stoneware', 'fermenting', 'storage'],
    description: `
      Salt-glazed stoneware with a gutter around the rim: fill it with water, set the lid in, and gas escapes while
      air stays out. Two half-moon weights hold cabbage or cucumbers under the brine. The largest takes about three
      heads of cabbage. Scrub with hot water and soda between batches.
    `,
    priceCents: 4900,
    weightGrams: 2400,
    color: ['oat', 'slate'],
    steps: { Size: { '2 l': [0, 0], '5 l': [2400, 2600], '10 l': [5500, 6100] } },
  }),
  good({
    handle: 'cork-lid-jar',
    title: 'Cork-lid storage jar',
    brand: 'Ines Varga',
    category: 'jars',
    seller: 'kalkhof-pottery',
    kind: 'jar',
    shape: 1,
    accent: 'beech',
    tags: ['stoneware', 'storage', 'cork'],
    description: `
      For flour, lentils, coffee or wooden spoons. The stopper is natural cork from Alentejo, cut to the jar it comes
      with and marked with the same number underneath. A flat spot on the shoulder takes a pencil note that washes
      off. Keep the cork dry; the stoneware does not mind the dishwasher.
    `,
    priceCents: 2800,
    weightGrams: 560,
    color: ['chalk', 'sage', 'clay'],
    steps: { Size: { '0.5 l': [0, 0], '1 l': [700, 320], '1.5 l': [1300, 610] } },
  }),
];
