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
      Porcelain cups of 80 milliliters on saucers with a narrow brass-colored edge, thin at the lip and thick toward
      the base, where the heat should stay. Both are cast in molds at Kalkhof and the seam is sponged away by hand, so
      no two rims are quite alike. Rinse before the coffee dries, or use the upper rack of the dishwasher.
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
      A beaker without a handle, dipped in glaze to the waist and left bare below, so that wet fingers keep hold of
      it. It holds a quarter of a liter and came out of an order for a wine bar that wanted nothing tall on its
      tables. Reduction-fired stoneware, speckled with iron. Stacks three high in a cupboard.
    `,
    priceCents: 1450,
    weightGrams: 280,
    color: ['moss', 'oat', 'iron'],
    steps: { Set: { Single: [0, 0], 'Set of 4': [3950, 840] } },
  }),
  good({
    handle: 'round-mug',
    title: 'Round mug',
    brand: 'Ines Varga',
    category: 'cups',
    seller: 'kalkhof-pottery',
    kind: 'cup',
    shape: 3,
    tags: ['stoneware', 'mug', 'cocoa'],
    description: `
      As round as an apple and narrower at the mouth, which keeps cocoa hot while the newspaper is read. Two bands are
      drawn around the belly with a brush, the mug turning and the hand still. It holds 350 milliliters. The handle
      takes three fingers. Any dishwasher will do; only the rim should be kept clear of the tap.
    `,
    priceCents: 1850,
    compareAtCents: 2200,
    weightGrams: 330,
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
      noon. The foot ring is turned high so that a hot bowl can be lifted from below. A bare band of clay runs below
      the rim. Glossy inside and safe in an oven up to 180 degrees.
    `,
    priceCents: 1900,
    weightGrams: 420,
    color: ['oat', 'sky', 'rose', 'pine'],
    steps: { Size: { '14 cm': [0, 0], '17 cm': [500, 180] } },
  }),
  good({
    handle: 'footed-bowl',
    title: 'Footed bowl',
    brand: 'Kalkhof',
    category: 'bowls',
    seller: 'kalkhof-pottery',
    kind: 'bowl',
    shape: 2,
    tags: ['stoneware', 'fruit', 'serving'],
    description: `
      A bowl raised on a stem, for grapes, meringues, sugared almonds or the keys by the door. Stem and bowl are
      thrown apart and joined with slip a day later, when both have the stiffness of cheese. The glaze runs a little
      thinner along the edge and shows the clay. Carry it by the stem and wash it by hand, because of the joint.
    `,
    priceCents: 4200,
    weightGrams: 720,
    color: ['charcoal', 'terracotta', 'cream'],
    steps: { Diameter: { '18 cm': [0, 0], '23 cm': [1600, 410] } },
  }),
  good({
    handle: 'turned-fruit-bowl',
    title: 'Turned fruit bowl',
    brand: 'Ostermoor',
    category: 'bowls',
    seller: 'ostermoor-joinery',
    kind: 'bowl',
    shape: 1,
    tags: ['wood', 'fruit', 'serving'],
    description: `
      Turned from a single block while the wood is green, dried for half a year, then turned again, because it will
      have gone oval in between. Walls are a finger thick and soaked with linseed oil. Wash it by hand, dry it at once
      and rub in a spoon of oil twice a year.
    `,
    priceCents: 6800,
    weightGrams: 780,
    color: ['beech', 'oak', 'walnut'],
    steps: { Diameter: { '28 cm': [0, 0], '34 cm': [2600, 520] } },
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
    shape: 2,
    tags: ['cast iron', 'tea'],
    description: `
      Cast in sand, ground smooth and enameled inside, so the iron never touches the tea. It stays hot for the better
      part of an hour without a warmer. The arched handle folds to one side to free the lid. Rinse with water only and
      leave it open to dry; it is for brewing, never for the stove.
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
    shape: 3,
    tags: ['brass', 'mint tea', 'pot'],
    description: `
      A pot with a long curved spout, made to pour from a height so that the tea froths in the glass. The body is spun
      metal, tinned inside, while handle and knob are beech to spare your fingers. It serves six small glasses. Polish
      with lemon and salt when it dulls.
    `,
    priceCents: 6200,
    weightGrams: 640,
    accent: 'beech',
    color: ['brass', 'pewter', 'copper'],
  }),
  good({
    handle: 'tall-enamel-pot',
    title: 'Tall enamel pot',
    brand: 'Lantern Lane',
    category: 'teapots',
    seller: 'lantern-lane-metalworks',
    kind: 'teapot',
    shape: 1,
    accent: 'beech',
    tags: ['enamel', 'tea', 'coffee'],
    description: `
      The pot that goes from the stove to the table and, on Sundays, into the garden. It is enameled steel, tapered so
      that it stands firm, and its straight handle of oiled beech stays cool. Coffee grounds settle well below the
      spout, so it brews that as readily as black tea. Never heat it empty, and dry it upside down.
    `,
    priceCents: 4600,
    weightGrams: 690,
    color: ['sky', 'madder', 'oat'],
    steps: { Size: { '0.8 l': [0, 0], '1.4 l': [900, 240] } },
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
    color: ['walnut', 'oak', 'charcoal'],
    steps: { Length: { '18 cm': [0, 0], '21 cm': [1600, 30] } },
  }),
  good({
    handle: 'picnic-knife',
    title: 'Picnic knife',
    brand: 'Radu Forge',
    category: 'knives',
    seller: 'lantern-lane-metalworks',
    kind: 'knife',
    shape: 3,
    tags: ['stainless steel', 'outdoor', 'blade'],
    description: `
      A small knife for cheese, apples, string and mushrooms, with a curved handle that sits in the palm and a ring to
      tie it to a belt or a basket. The blade is nine centimeters of stainless steel. Wash it in the sink; the machine
      loosens the wood. Check the law where you picnic before you pocket it.
    `,
    priceCents: 4400,
    weightGrams: 85,
    color: ['chestnut', 'walnut', 'madder', 'indigo'],
  }),
  good({
    handle: 'long-tooth-bread-knife',
    title: 'Long tooth bread knife',
    brand: 'Lantern Lane',
    category: 'knives',
    seller: 'lantern-lane-metalworks',
    kind: 'knife',
    shape: 1,
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
    shape: 2,
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
    handle: 'wooden-lid-crock',
    title: 'Wooden-lid crock',
    brand: 'Kalkhof',
    category: 'jars',
    seller: 'kalkhof-pottery',
    kind: 'jar',
    shape: 1,
    accent: 'beech',
    tags: ['stoneware', 'storage', 'kitchen'],
    description: `
      For flour, sugar, onions or wooden spoons. Two stripes of slip are laid on while the crock still turns, one
      broad and one narrow, and a dull glaze goes over them. The beech lid has a ring of silicone underneath and
      closes with a sigh. Keep the lid away from soaking; the stoneware does not mind the dishwasher.
    `,
    priceCents: 3200,
    weightGrams: 780,
    color: ['chalk', 'slate', 'clay'],
    steps: { Size: { '0.7 l': [0, 0], '1.5 l': [900, 520], '3 l': [2300, 1300] } },
  }),
  good({
    handle: 'clip-top-jar',
    title: 'Clip-top jar',
    brand: 'Kalkhof',
    category: 'jars',
    seller: 'kalkhof-pottery',
    kind: 'jar',
    shape: 3,
    tags: ['glass', 'storage', 'preserving'],
    description: `
      Thick pressed glass with a domed lid, a wire clip and a red rubber ring, the closure that grandmothers trusted
      with plums. It keeps moths out of grain and holds its seal in a water bath. The millet in the picture stays with
      us. Rings come as a spare pair; boil them for three minutes before preserving.
    `,
    priceCents: 990,
    weightGrams: 520,
    color: 'butter',
    steps: {
      Size: { '0.5 l': [0, 0], '1 l': [300, 260], '2 l': [700, 610] },
      Set: { Single: [0, 0], 'Set of 4': [2600, 1900] },
    },
  }),
];
