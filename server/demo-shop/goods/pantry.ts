import { alike, type DemoGood, good } from './good.ts';

export const PANTRY: readonly DemoGood[] = [
  good({
    handle: 'saffron-threads',
    title: 'Saffron threads',
    brand: 'Benali',
    category: 'spices',
    seller: 'benali-and-daughters',
    kind: 'spice-tin',
    shape: 0,
    tags: ['saffron', 'spice', 'rice'],
    description: `
      Whole red stigmas from a cooperative of forty families who pick before the sun reaches the flowers and dry the
      threads over embers the same evening. One gram colors about ten plates of rice. Soak the threads in warm water
      for a quarter of an hour before they meet the pot, and keep the tin closed and dark.
    `,
    priceCents: 1190,
    weightGrams: 40,
    color: 'saffron',
    steps: { Weight: { '1 g': [0, 0], '2 g': [1000, 1], '5 g': [3700, 4] } },
  }),
  good({
    handle: 'ras-el-hanout',
    title: 'Stall nine ras el hanout',
    brand: 'Benali',
    category: 'spices',
    seller: 'benali-and-daughters',
    kind: 'spice-tin',
    shape: 1,
    tags: ['spice', 'blend', 'couscous'],
    description: `
      Nadia Benali mixes twenty-two spices by her grandfather’s list, rosebuds and long pepper among them, and grinds
      a batch every second Friday. It goes into couscous broth, onto lamb before roasting, and, in small amounts, into
      hot chocolate. The date of grinding is written on the base; use it within a year.
    `,
    priceCents: 690,
    weightGrams: 95,
    color: 'terracotta',
    steps: { Weight: { '50 g': [0, 0], '100 g': [450, 55], '250 g': [1400, 215] } },
  }),
  good({
    handle: 'smoked-paprika',
    title: 'Oak-smoked paprika',
    brand: 'Benali',
    category: 'spices',
    seller: 'benali-and-daughters',
    kind: 'spice-tin',
    shape: 0,
    tags: ['paprika', 'smoke', 'spice'],
    description: `
      Peppers hang for two weeks over smoldering oak in low brick houses and are turned by hand every day. What comes
      out smells of campfire and raisins. The sweet one suits eggs and potatoes, the bittersweet belongs in stews, and
      the hot one should be tasted before it is measured.
    `,
    priceCents: 540,
    weightGrams: 105,
    color: { Heat: { Sweet: 'rust', Bittersweet: 'clay', Hot: 'madder' } },
    steps: { Weight: { '60 g': [0, 0], '120 g': [420, 65] } },
  }),
  good({
    handle: 'green-cardamom',
    title: 'Green cardamom pods',
    brand: 'Benali',
    category: 'spices',
    seller: 'benali-and-daughters',
    kind: 'spice-tin',
    shape: 1,
    tags: ['cardamom', 'spice', 'coffee'],
    description: `
      Picked a few days before they would split, so the seeds inside are still sticky and black. Crush three pods into
      the coffee pot, or fry them whole at the start of a pilaf. The growers are paid by grade and this is the largest
      one. Whole pods keep their scent for two years.
    `,
    priceCents: 890,
    weightGrams: 80,
    color: 'moss',
    steps: { Weight: { '40 g': [0, 0], '80 g': [700, 42], '200 g': [2300, 165] } },
  }),
  good({
    handle: 'seven-spice-box',
    title: 'Seven-spice box',
    brand: 'Benali',
    category: 'spices',
    seller: 'benali-and-daughters',
    kind: 'spice-tin',
    shape: 2,
    tags: ['spice', 'masala', 'set'],
    description: `
      The round tin that stands by the stove in half the kitchens we know: seven cups, one small spoon, one tight lid.
      Filled, it holds turmeric, cumin, coriander, mustard seed, chili, fenugreek and garam masala, forty grams each.
      The rim is painted by hand. Empty the cups before you wash them and dry the tin well.
    `,
    priceCents: 2900,
    weightGrams: 620,
    color: ['rust', 'sea', 'brass'],
    steps: { Cups: { Empty: [0, 0], Filled: [1600, 280] } },
  }),
  good({
    handle: 'four-tin-spice-tower',
    title: 'Four-tin spice tower',
    brand: 'Benali',
    category: 'spices',
    seller: 'benali-and-daughters',
    kind: 'spice-tin',
    shape: 3,
    tags: ['spice', 'set', 'camping'],
    description: `
      Four shallow tins that screw onto one another, the lid of each being the floor of the next. The stew tower holds
      bay, cumin, allspice and smoked paprika; the baking one cinnamon, clove, ginger and mace; the garden one dried
      mint, dill, sumac and thyme. It takes the space of a mug on the shelf or in a rucksack.
    `,
    priceCents: 1890,
    weightGrams: 310,
    color: { Assortment: { Stew: 'rust', Baking: 'plum', Garden: 'moss' } },
  }),

  good({
    handle: 'house-coffee',
    title: 'House coffee, medium roast',
    brand: 'Slow Ferry',
    category: 'coffee',
    seller: 'benali-and-daughters',
    kind: 'coffee-bag',
    shape: 0,
    tags: ['coffee', 'medium roast', 'filter'],
    description: `
      The bag that stands open beside the roaster all week. Beans from two farms, one high and one low, are roasted
      apart and mixed afterward: walnut first, then dried apricot, with little bitterness. It forgives old kettles and
      careless measuring. Sixty grams to the liter is a good place to start.
    `,
    priceCents: 920,
    weightGrams: 265,
    color: 'rust',
    steps: { Weight: { '250 g': [0, 0], '1 kg': [2280, 765] }, Grind: alike('Whole bean', 'Filter', 'Espresso') },
  }),
  good({
    handle: 'night-boat-espresso',
    title: 'Night boat espresso',
    brand: 'Slow Ferry',
    category: 'coffee',
    seller: 'benali-and-daughters',
    kind: 'coffee-bag',
    shape: 1,
    tags: ['coffee', 'dark roast', 'espresso'],
    description: `
      Roasted until the beans just begin to shine and no further, then rested for five days. In the cup it is cocoa
      and toasted bread, with enough body to stand up to milk. Grind fine and look for 28 seconds. The valve in the
      bag lets gas out, so do not decant it at once.
    `,
    priceCents: 980,
    weightGrams: 265,
    color: 'midnight',
    steps: { Weight: { '250 g': [0, 0], '1 kg': [2420, 765] }, Grind: alike('Whole bean', 'Espresso', 'Moka pot') },
  }),
  good({
    handle: 'single-farm-washed',
    title: 'Single farm filter coffee',
    brand: 'Slow Ferry',
    category: 'coffee',
    seller: 'benali-and-daughters',
    kind: 'coffee-bag',
    shape: 2,
    tags: ['coffee', 'light roast', 'single origin'],
    description: `
      Every sack of this lot comes from the farm of Tigist Alemu, 2,050 meters up, where the cherries are washed in
      spring water and dried on raised beds for eighteen days. Light roast, with bergamot and white peach in it. Use
      soft water just off the boil. When the lot is gone, the next farm follows.
    `,
    priceCents: 1390,
    weightGrams: 265,
    color: 'sky',
    steps: { Grind: alike('Whole bean', 'Filter') },
  }),
  good({
    handle: 'decaf-quiet-evening',
    title: 'Quiet evening decaf',
    brand: 'Slow Ferry',
    category: 'coffee',
    seller: 'benali-and-daughters',
    kind: 'coffee-bag',
    shape: 3,
    tags: ['coffee', 'decaf'],
    description: `
      The caffeine is drawn out with water and carbon dioxide before roasting, which leaves more of the flavor behind
      than solvents would. It tastes of caramel and baked pear. People who say they dislike decaf have finished a pot
      of it at our counter without asking. Less than 0.1 percent caffeine remains.
    `,
    priceCents: 1040,
    weightGrams: 265,
    color: 'lavender',
    steps: { Weight: { '250 g': [0, 0], '500 g': [880, 255] }, Grind: alike('Whole bean', 'Filter', 'Espresso') },
  }),

  good({
    handle: 'meadow-honey',
    title: 'Three-meadow honey',
    brand: 'Green Stair',
    category: 'honey-and-salt',
    seller: 'green-stair-apothecary',
    kind: 'jar',
    shape: 2,
    tags: ['honey', 'breakfast'],
    description: `
      The same sixty hives travel to three places in a year and give three honeys: pale, minty linden in June, dark
      and slightly bitter chestnut in July, and heather in September, thick as jelly. It is spun cold and sieved once.
      Should it set hard, stand the jar in warm water for an hour.
    `,
    priceCents: 780,
    weightGrams: 430,
    color: { Variety: { Linden: 'butter', Chestnut: 'chestnut', Heather: 'honey' } },
    steps: { Weight: { '250 g': [0, 0], '500 g': [590, 330] } },
  }),
  good({
    handle: 'pan-dried-salt',
    title: 'Pan-dried sea salt',
    brand: 'Benali',
    category: 'honey-and-salt',
    seller: 'benali-and-daughters',
    kind: 'jar',
    shape: 0,
    tags: ['salt', 'seasoning', 'table'],
    description: `
      Sea water stands in clay pans from May to August, and each morning somebody rakes off the crust before the wind
      does. The crystals are coarse and slightly damp, made to be pinched. We mix in lemon peel, dried chili or
      nothing. The corked glass holds 200 grams and can be refilled from a paper bag for years.
    `,
    priceCents: 690,
    weightGrams: 410,
    color: { Flavor: { Plain: 'chalk', Lemon: 'butter', Chili: 'clay' } },
    steps: { Pack: { Single: [0, 0], 'Set of 3': [1250, 820] } },
  }),
];
