import { type DemoGood, good } from './good.ts';

export const WOVEN: readonly DemoGood[] = [
  good({
    handle: 'high-plain-rug',
    title: 'High plain wool rug',
    brand: 'Tamlet',
    category: 'rugs',
    seller: 'tamlet-weavers',
    kind: 'rug',
    shape: 3,
    accent: 'cream',
    tags: ['wool', 'pile', 'living room'],
    description: `
      Hand-knotted from the wool of sheep that spend their summers above two thousand meters, where fleece grows long
      and greasy enough to shed stains by itself. The pile is three centimeters deep. A weaver named in the corner
      knot works on the largest size for eleven weeks. It arrives rolled; vacuum it without a brush and turn it
      yearly.
    `,
    priceCents: 34900,
    weightGrams: 4200,
    color: ['indigo', 'rust', 'oat'],
    steps: { Size: { '80 × 150 cm': [0, 0], '140 × 200 cm': [42000, 5600], '200 × 300 cm': [124000, 16800] } },
  }),
  good({
    handle: 'gate-kilim',
    title: 'Gate kilim',
    brand: 'Tamlet',
    category: 'rugs',
    seller: 'tamlet-weavers',
    kind: 'rug',
    shape: 0,
    accent: 'cream',
    tags: ['wool', 'flat weave', 'kilim'],
    description: `
      A flat weave without pile, thin enough for a door to swing over it. The stepped pattern is an old one for the
      room where guests are received. Both faces look alike, so it can be flipped when one has had enough sun. Dyed
      with madder root, indigo and walnut shell. Dry clean, or shake it in snow.
    `,
    priceCents: 24900,
    compareAtCents: 28900,
    weightGrams: 2300,
    color: ['madder', 'sea', 'charcoal'],
    steps: { Size: { '90 × 150 cm': [0, 0], '160 × 230 cm': [36000, 4100] } },
  }),
  good({
    handle: 'corridor-runner',
    title: 'Corridor runner',
    brand: 'Tamlet',
    category: 'rugs',
    seller: 'tamlet-weavers',
    kind: 'rug',
    shape: 1,
    accent: 'butter',
    tags: ['cotton', 'runner', 'hallway'],
    description: `
      Seventy centimeters wide and made for feet that come in from the street. The warp is linen, the weft recycled
      cotton from a shirt factory two streets from the loom. A felt backing stops it from creeping. The short one fits
      a washing machine at 30 degrees; larger ones belong in a bathtub.
    `,
    priceCents: 7900,
    weightGrams: 1500,
    color: ['slate', 'olive', 'terracotta'],
    steps: { Length: { '150 cm': [0, 0], '240 cm': [4200, 900], '320 cm': [7800, 1700] } },
  }),
  good({
    handle: 'round-jute-rug',
    title: 'Round jute rug',
    brand: 'Marsh End',
    category: 'rugs',
    seller: 'tamlet-weavers',
    kind: 'rug',
    shape: 2,
    accent: 'cream',
    tags: ['jute', 'round', 'dining'],
    description: `
      Braided jute wound outward from the center and sewn with waxed thread, like the mats on old boats. It is firm
      underfoot and smells faintly of hay for the first month. Pale rings alternate with dyed ones. Beat out the dust;
      jute dislikes water and will tell you so with a brown ring.
    `,
    priceCents: 8900,
    weightGrams: 2600,
    color: ['oak', 'indigo', 'pine'],
    steps: { Diameter: { '120 cm': [0, 0], '180 cm': [8600, 3300] } },
  }),

  good({
    handle: 'herringbone-blanket',
    title: 'Herringbone wool blanket',
    brand: 'Tamlet',
    category: 'blankets',
    seller: 'tamlet-weavers',
    kind: 'blanket',
    shape: 0,
    accent: 'cream',
    tags: ['wool', 'throw', 'bed'],
    description: `
      Woven in a broken twill from lambswool spun thick and left soft, then brushed once with teasel heads set in an
      iron frame. Warm enough for a window left open in March. Pale stripes cross it near the ends, and the fringe is
      twisted by hand. Air it often and wash it seldom, cold, with wool soap.
    `,
    priceCents: 11900,
    weightGrams: 1100,
    color: ['slate', 'sage', 'clay', 'plum'],
    steps: { Size: { '130 × 180 cm': [0, 0], '220 × 240 cm': [9800, 1300] } },
  }),
  good({
    handle: 'waffle-blanket',
    title: 'Waffle cotton blanket',
    brand: 'Tamlet',
    category: 'blankets',
    seller: 'tamlet-weavers',
    kind: 'blanket',
    shape: 1,
    tags: ['cotton', 'summer', 'bed'],
    description: `
      The deep squares trap air, so a thin blanket is enough from May to September. It shrinks by a twentieth in the
      first wash and we cut it larger to allow for that. Long-staple cotton, dyed in the yarn. Sixty degrees in the
      machine and a warm tumble dryer make it fluffier each time.
    `,
    priceCents: 6900,
    weightGrams: 950,
    color: ['chalk', 'sky', 'rose', 'saffron'],
    steps: { Size: { '140 × 200 cm': [0, 0], '200 × 220 cm': [3400, 620] } },
    soldOut: 'rose',
  }),
  good({
    handle: 'picnic-blanket',
    title: 'Picnic blanket with strap',
    brand: 'Marsh End',
    category: 'blankets',
    seller: 'tamlet-weavers',
    kind: 'blanket',
    shape: 2,
    accent: 'cream',
    tags: ['wool', 'outdoor', 'picnic'],
    description: `
      Wool on the side you sit on, waxed cotton on the side that meets the grass. It rolls up into a pair of straps
      joined by a handle. Four people fit, five if they like each other. Sponge the underside with cold water and wax
      it again every other summer; a tin for the first time is included.
    `,
    priceCents: 8400,
    compareAtCents: 9900,
    weightGrams: 1700,
    color: ['madder', 'pine', 'indigo'],
  }),
  good({
    handle: 'quilted-throw',
    title: 'Hand-quilted throw',
    brand: 'Tamlet',
    category: 'blankets',
    seller: 'tamlet-weavers',
    kind: 'blanket',
    shape: 3,
    tags: ['cotton', 'quilt', 'bed'],
    description: `
      Three layers of cotton muslin held together by running stitches, about five to the hand’s width, with small
      irregularities that show a person was counting. Six women in a courtyard share the work and sign the hem. It
      softens with use. Machine wash gently at 30 degrees and dry it flat in the shade.
    `,
    priceCents: 14800,
    weightGrams: 1250,
    color: ['terracotta', 'olive', 'lavender'],
    steps: { Size: { '150 × 200 cm': [0, 0], '230 × 250 cm': [8900, 1000] } },
  }),

  good({
    handle: 'market-basket',
    title: 'Market basket',
    brand: 'Marsh End',
    category: 'baskets',
    seller: 'tamlet-weavers',
    kind: 'basket',
    shape: 1,
    accent: 'chestnut',
    tags: ['willow', 'shopping', 'carry'],
    description: `
      One high handle over the middle, so that the basket hangs level on a forearm whatever is put in it. The round
      base is woven first and carries a week of vegetables without sagging. Two days of work for one weaver, who
      begins with rods soaked since Monday. Hose it down when muddy and dry it in the wind.
    `,
    priceCents: 4600,
    weightGrams: 740,
    color: ['oak', 'moss', 'rust'],
    steps: { Size: { Medium: [0, 0], Large: [900, 260] } },
  }),
  good({
    handle: 'laundry-basket',
    title: 'Lidded laundry basket',
    brand: 'Marsh End',
    category: 'baskets',
    seller: 'tamlet-weavers',
    kind: 'basket',
    shape: 2,
    tags: ['willow', 'laundry', 'storage'],
    description: `
      Willow cut in February, boiled in its bark for the brown and peeled for the pale, then woven over upright stakes
      as thick as a pencil. Inside hangs a cotton bag that unties and goes straight into the machine. It stands 58
      centimeters tall, has room for two full loads and does not snag wool.
    `,
    priceCents: 9200,
    weightGrams: 3100,
    color: ['oak', 'chestnut', 'ash'],
  }),
  good({
    handle: 'shelf-basket',
    title: 'Shelf basket',
    brand: 'Marsh End',
    category: 'baskets',
    seller: 'tamlet-weavers',
    kind: 'basket',
    shape: 3,
    tags: ['cane', 'storage', 'shelf'],
    description: `
      A rectangular basket that fills a shelf to the corners, with a metal grip in front to pull it out by. Cane is
      woven around a frame of beech laths, so it neither bulges nor leans when it is full of cables. The smaller size
      fits A4 paper lying flat. Wipe it with a cloth wrung out in soapy water.
    `,
    priceCents: 3400,
    weightGrams: 780,
    color: ['honey', 'cocoa', 'ash'],
    steps: { Size: { '32 × 24 cm': [0, 0], '40 × 30 cm': [1000, 420] } },
  }),
  good({
    handle: 'log-basket',
    title: 'Log basket',
    brand: 'Marsh End',
    category: 'baskets',
    seller: 'tamlet-weavers',
    kind: 'basket',
    shape: 0,
    accent: 'chestnut',
    tags: ['willow', 'fireplace', 'storage'],
    description: `
      Built for firewood and therefore for anything lighter: toys, wool, magazines, a sleeping dachshund. The base is
      doubled and stands on two runners so that the floor below stays dry. Two loops of harness leather are riveted
      through the wall and will lift twenty kilograms. Keep it a meter from the stove.
    `,
    priceCents: 7800,
    weightGrams: 2800,
    color: ['walnut', 'sand', 'slate'],
    steps: { Size: { '45 cm': [0, 0], '60 cm': [2700, 1200] } },
    soldOut: 'slate',
  }),
];
