import { alike, type DemoGood, good } from './good.ts';

const SIZES = alike('S', 'M', 'L', 'XL');
const WHOLE_SIZES = alike('EU 37', 'EU 38', 'EU 39', 'EU 40', 'EU 41', 'EU 42', 'EU 43', 'EU 44');

export const CLOTHING: readonly DemoGood[] = [
  good({
    handle: 'twill-work-shirt',
    title: 'Twill work shirt',
    brand: 'Sant Orsel',
    category: 'shirts',
    seller: 'sant-orsel-outfitters',
    kind: 'shirt',
    shape: 1,
    accent: 'cream',
    tags: ['cotton', 'long sleeve', 'workwear'],
    description: `
      Cotton twill of 210 grams, cut straight with room at the shoulders and a tail long enough to stay tucked in.
      Seams are triple-stitched, buttons are corozo nut, sewn with a shank. It starts stiff and gives in after four or
      five washes. Forty degrees, inside out, and it will need little ironing.
    `,
    priceCents: 8900,
    weightGrams: 380,
    color: ['indigo', 'olive', 'oat', 'charcoal'],
    steps: { Size: SIZES },
  }),
  good({
    handle: 'linen-shirt',
    title: 'Washed linen shirt',
    brand: 'Sant Orsel',
    category: 'shirts',
    seller: 'sant-orsel-outfitters',
    kind: 'shirt',
    shape: 3,
    tags: ['linen', 'summer', 'washed'],
    description: `
      Flax from the coast, woven and washed in the same valley before it is cut. The collar is small and soft and sits
      well open or closed, and the sleeves have a loop for rolling them up. Creases belong to linen. Hang the shirt up
      wet on a hanger, and most of them will leave by themselves.
    `,
    priceCents: 9600,
    compareAtCents: 11500,
    weightGrams: 240,
    color: ['chalk', 'sky', 'terracotta'],
    steps: { Size: SIZES },
    soldOut: 'terracotta',
  }),
  good({
    handle: 'striped-boat-sweater',
    title: 'Striped boat sweater',
    brand: 'Sant Orsel',
    category: 'shirts',
    seller: 'sant-orsel-outfitters',
    kind: 'shirt',
    shape: 2,
    accent: 'chalk',
    tags: ['cotton', 'knit', 'stripes'],
    description: `
      Ribbed cotton, knitted tight enough to keep out a breeze on deck and thin enough for under a jacket. Stripes are
      knitted in, so they will not fade before the rest does, and they meet at the side seams. Cuffs and hem are
      doubled where ropes and railings rub. Wash dark colors on their own the first two times.
    `,
    priceCents: 7900,
    weightGrams: 460,
    color: ['midnight', 'madder', 'pine'],
    steps: { Size: SIZES },
  }),
  good({
    handle: 'heavy-tee',
    title: 'Heavy jersey T-shirt',
    brand: 'Cordwain',
    category: 'shirts',
    seller: 'sant-orsel-outfitters',
    kind: 'shirt',
    shape: 0,
    tags: ['organic cotton', 'short sleeve', 'jersey'],
    description: `
      Organic cotton at 240 grams to the square meter, knitted in the round so that nothing twists in the wash. The
      collar is ribbed, narrow and backed with tape from shoulder to shoulder. Cut a little long, meant to be tucked
      in or left out. Machine wash at 40 degrees; it is pre-shrunk.
    `,
    priceCents: 3600,
    weightGrams: 230,
    color: ['chalk', 'rust', 'sage', 'iron'],
    steps: { Size: alike('XS', 'S', 'M', 'L', 'XL') },
  }),

  good({
    handle: 'striped-cotton-scarf',
    title: 'Striped cotton scarf',
    brand: 'Tamlet',
    category: 'scarves',
    seller: 'tamlet-weavers',
    kind: 'scarf',
    shape: 1,
    accent: 'cream',
    tags: ['cotton', 'stripes', 'summer'],
    description: `
      Voile so light that it folds into a shirt pocket, with stripes of undyed yarn toward both ends. The yarn is
      dipped and aired by hand, up to nine times for the darkest shade, so a hank is never quite even and the cloth
      shows it. Two meters by seventy centimeters. Cold hand wash with a little salt for the first bath.
    `,
    priceCents: 3400,
    weightGrams: 90,
    color: ['indigo', 'madder', 'saffron', 'sage'],
  }),
  good({
    handle: 'lambswool-scarf',
    title: 'Lambswool scarf',
    brand: 'Tamlet',
    category: 'scarves',
    seller: 'tamlet-weavers',
    kind: 'scarf',
    shape: 0,
    tags: ['wool', 'winter', 'fringe'],
    description: `
      Spun from first-shearing wool, the softest a sheep ever grows, and woven by a mill that has kept its 1930s looms
      because they run slowly. Wide enough to cover the shoulders on a night train. Both ends carry a short twisted
      fringe. Air it on the balcony after wearing; washing is rarely necessary.
    `,
    priceCents: 5900,
    weightGrams: 190,
    color: ['slate', 'plum', 'moss', 'oat'],
    steps: { Length: { '180 cm': [0, 0], '220 cm': [1100, 45] } },
  }),
  good({
    handle: 'raw-silk-stole',
    title: 'Striped silk stole',
    brand: 'Tamlet',
    category: 'scarves',
    seller: 'tamlet-weavers',
    kind: 'scarf',
    shape: 3,
    accent: 'butter',
    tags: ['silk', 'stripes', 'evening'],
    description: `
      Raw silk from cocoons the moth has already left, which gives a yarn with small slubs and a dry, matte hand.
      Leila Aziz sets up forty meters of warp at a time and changes the stripes as she goes, so no two stoles agree.
      We send it rolled, since folds would stay. Iron on low while it is damp.
    `,
    priceCents: 7200,
    weightGrams: 110,
    color: ['sea', 'terracotta', 'lavender'],
    steps: { Length: { '160 cm': [0, 0], '200 cm': [1800, 30] } },
  }),
  good({
    handle: 'chunky-loop',
    title: 'Chunky knitted loop',
    brand: 'Cordwain',
    category: 'scarves',
    seller: 'sant-orsel-outfitters',
    kind: 'scarf',
    shape: 2,
    tags: ['wool', 'alpaca', 'winter', 'knit'],
    description: `
      A closed ring in fisherman’s rib, half wool and half alpaca, that goes around the neck once loosely or twice
      against real cold. There are no ends to catch in a bicycle chain. It is knitted by four people at home who are
      paid by the hour. Dry it lying flat, since it stretches when hung.
    `,
    priceCents: 4900,
    compareAtCents: 5900,
    weightGrams: 260,
    color: ['cream', 'rust', 'charcoal'],
  }),

  good({
    handle: 'six-panel-cap',
    title: 'Six-panel canvas cap',
    brand: 'Cordwain',
    category: 'caps',
    seller: 'sant-orsel-outfitters',
    kind: 'cap',
    shape: 0,
    tags: ['canvas', 'sun', 'unisex'],
    description: `
      Unlined canvas that takes the shape of a head within a week, with a visor that can be rolled up and pushed into
      a back pocket. The strap closes with a brass buckle and fits from 54 to 61 centimeters. One small diamond is
      stitched to the front, and there are no letters. Wash it by hand and dry it over a bowl.
    `,
    priceCents: 3200,
    weightGrams: 85,
    color: ['olive', 'sand', 'midnight', 'madder'],
  }),
  good({
    handle: 'flat-cap',
    title: 'Herringbone flat cap',
    brand: 'Sant Orsel',
    category: 'caps',
    seller: 'sant-orsel-outfitters',
    kind: 'cap',
    shape: 2,
    tags: ['wool', 'tweed', 'winter'],
    description: `
      Eight pieces of tweed joined under a stitched-down peak, lined with cotton satin so that it slides on easily.
      The wool carries enough of its own grease to shrug off a shower. Measure around the head just above the ears.
      Brush when dry, and steam it over a kettle if it has been sat upon.
    `,
    priceCents: 5400,
    weightGrams: 120,
    color: ['slate', 'cocoa', 'moss'],
    steps: { Size: alike('M, 57 cm', 'L, 59 cm', 'XL, 61 cm') },
  }),
  good({
    handle: 'bobble-cap',
    title: 'Ribbed bobble cap',
    brand: 'Cordwain',
    category: 'caps',
    seller: 'sant-orsel-outfitters',
    kind: 'cap',
    shape: 1,
    accent: 'cream',
    tags: ['merino', 'beanie', 'winter', 'knit'],
    description: `
      Extra-fine merino in a two-by-two rib, with a cuff that folds up once and a bobble of undyed wool on top. The
      bobble is buttoned on from the inside and comes off for washing, or for people who feel too old for it. Merino
      stays warm when damp and does not itch. Wool program, 30 degrees, no softener.
    `,
    priceCents: 3400,
    weightGrams: 90,
    color: ['iron', 'saffron', 'pine', 'rose'],
  }),
  good({
    handle: 'brimmed-felt-hat',
    title: 'Brimmed felt hat',
    brand: 'Sant Orsel',
    category: 'caps',
    seller: 'sant-orsel-outfitters',
    kind: 'cap',
    shape: 3,
    accent: 'saffron',
    tags: ['wool felt', 'sun', 'rain'],
    description: `
      Wool felt, blocked over a wooden head while it steams, with seven centimeters of brim against sun and rain
      alike. The ribbon is tied, not glued, and can be changed. It packs flat if it must and recovers over the spout
      of a kettle. Brush with the nap, and never leave it on the rear shelf of a car.
    `,
    priceCents: 7900,
    weightGrams: 130,
    color: ['midnight', 'sand', 'rust'],
    steps: { Size: alike('56 cm', '58 cm', '60 cm') },
  }),

  good({
    handle: 'canvas-sneakers',
    title: 'High canvas sneakers',
    brand: 'Cordwain',
    category: 'shoes',
    seller: 'sant-orsel-outfitters',
    kind: 'shoe',
    shape: 0,
    accent: 'chalk',
    tags: ['canvas', 'rubber', 'lace-up'],
    description: `
      Two layers of cotton canvas rise to the ankle from a sole of natural rubber, and canvas and rubber are baked
      together in an oven so that they cannot come apart in rain. The insole is cork and jute and can be swapped. True
      to size, a little snug in the first days. Take out the laces and wash the shoes at 30 degrees.
    `,
    priceCents: 7400,
    weightGrams: 760,
    color: ['chalk', 'indigo'],
    steps: { Size: WHOLE_SIZES },
  }),
  good({
    handle: 'two-buckle-sandals',
    title: 'Two-buckle sandals',
    brand: 'Cordwain',
    category: 'shoes',
    seller: 'sant-orsel-outfitters',
    kind: 'shoe',
    shape: 3,
    tags: ['leather', 'summer', 'cork'],
    description: `
      Calf leather tanned with oak bark, on a footbed of cork and latex that takes the print of your foot in about ten
      days. Both straps adjust, the one at the ankle behind a roller buckle that opens with one hand. Let a wet sandal
      dry away from the sun. Cordwain resoles them for 28 euros.
    `,
    priceCents: 11900,
    weightGrams: 610,
    color: ['chestnut', 'charcoal'],
    steps: { Size: WHOLE_SIZES },
  }),
  good({
    handle: 'espadrilles',
    title: 'Rope-soled espadrilles',
    brand: 'Sant Orsel',
    category: 'shoes',
    seller: 'sant-orsel-outfitters',
    kind: 'shoe',
    shape: 2,
    accent: 'sand',
    tags: ['jute', 'cotton', 'summer'],
    description: `
      The soles are plaited from jute, pressed, and stitched through from side to side by hand; a thin layer of rubber
      keeps them off wet stone. Buy them tight, since cotton gives by half a size in a week. They dry poorly, so carry
      them when it rains. One summer is an honest lifetime, two is care.
    `,
    priceCents: 3900,
    compareAtCents: 4600,
    weightGrams: 420,
    color: ['saffron', 'midnight'],
    steps: { Size: alike('EU 36', 'EU 37', 'EU 38', 'EU 39', 'EU 40', 'EU 41') },
  }),
  good({
    handle: 'pull-on-boots',
    title: 'Pull-on ankle boots',
    brand: 'Cordwain',
    category: 'shoes',
    seller: 'sant-orsel-outfitters',
    kind: 'shoe',
    shape: 1,
    accent: 'iron',
    tags: ['leather', 'boots', 'welted'],
    description: `
      Oiled leather with elastic at both sides and a loop at the back, on and off while the other hand holds a child.
      The upper is cut from one piece, so there is a single seam to keep dry. A cobbler can replace the welted sole at
      least three times. Stuff them with newspaper when soaked.
    `,
    priceCents: 21900,
    weightGrams: 1240,
    color: ['cocoa', 'olive'],
    steps: { Size: WHOLE_SIZES },
  }),

  good({
    handle: 'field-watch',
    title: 'Field watch',
    brand: 'Quarterbell',
    category: 'watches',
    seller: 'vellum-and-valve',
    kind: 'watch',
    shape: 0,
    accent: 'pewter',
    tags: ['steel', 'automatic', 'canvas strap'],
    description: `
      Twelve large numerals, three hands and nothing else on the dial. A self-winding movement runs for 41 hours and
      is regulated in our workshop to within eight seconds a day. The case is brushed steel, 38 millimeters,
      water-resistant to 100 meters. Straps change without tools. Service it every six years or so.
    `,
    priceCents: 34900,
    weightGrams: 75,
    color: ['olive', 'midnight', 'sand'],
  }),
  good({
    handle: 'pocket-watch',
    title: 'Pocket watch',
    brand: 'Quarterbell',
    category: 'watches',
    seller: 'vellum-and-valve',
    kind: 'watch',
    shape: 2,
    accent: 'cream',
    tags: ['hand-wound', 'pocket', 'chain'],
    description: `
      Wound each morning with some twenty turns of the crown, and read by people who have decided to look at the time
      less often. Seconds tick in a dial of their own above the six. The case is open-faced, with a mineral glass that
      can be polished, on thirty centimeters of chain. Damp is its only enemy.
    `,
    priceCents: 26900,
    weightGrams: 92,
    color: ['brass', 'pewter', 'copper'],
  }),
  good({
    handle: 'harbor-diver',
    title: 'Harbor diving watch',
    brand: 'Quarterbell',
    category: 'watches',
    seller: 'vellum-and-valve',
    kind: 'watch',
    shape: 3,
    accent: 'pewter',
    tags: ['steel', 'diver', 'rubber strap'],
    description: `
      The bezel turns one way only, in sixty firm clicks, and the markers glow until breakfast. It was drawn with two
      divers who inspect the piers, and tested with them to 200 meters. Forty millimeters across, on a strap of
      natural rubber. Rinse with fresh water after the sea, and have the gaskets checked every third year.
    `,
    priceCents: 49900,
    compareAtCents: 56900,
    weightGrams: 132,
    color: ['sea', 'charcoal', 'rust'],
  }),
  good({
    handle: 'tank-quartz-watch',
    title: 'Square quartz watch',
    brand: 'Quarterbell',
    category: 'watches',
    seller: 'vellum-and-valve',
    kind: 'watch',
    shape: 1,
    accent: 'brass',
    tags: ['quartz', 'leather strap', 'square'],
    description: `
      A softened square of 28 millimeters with slim bars for hours. Its quartz movement is accurate to a minute in a
      year, and the battery, good for five, can be exchanged at any kiosk that sells keys. Suits narrow wrists. The
      strap is glued with rice starch, so do not soak it.
    `,
    priceCents: 15900,
    weightGrams: 34,
    color: ['madder', 'pine', 'cream', 'cocoa'],
  }),
];
