import { type DemoGood, good } from './good.ts';

export const ROOMS: readonly DemoGood[] = [
  good({
    handle: 'kitchen-chair',
    title: 'Ostermoor kitchen chair',
    brand: 'Ostermoor',
    category: 'chairs',
    seller: 'ostermoor-joinery',
    kind: 'chair',
    shape: 0,
    tags: ['wood', 'dining', 'seating'],
    description: `
      A plain chair with a slightly dished seat and three back slats steamed to the curve of a spine. Legs are wedged
      through the seat, so they tighten with use. Seat height 45 centimeters, tested with far more weight than it will
      ever meet at breakfast. Finished with hard wax oil; wipe with a damp cloth.
    `,
    priceCents: 18900,
    weightGrams: 5200,
    color: ['oak', 'walnut', 'charcoal', 'pine'],
  }),
  good({
    handle: 'reading-chair',
    title: 'North window reading chair',
    brand: 'Halden Bench',
    category: 'chairs',
    seller: 'ostermoor-joinery',
    kind: 'chair',
    shape: 1,
    accent: 'oak',
    tags: ['armchair', 'wool', 'seating'],
    description: `
      The back leans at 108 degrees and the arms are broad enough for a cup on one side and a book face down on the
      other. A small cushion is included. The oak frame carries jute webbing, coconut fiber and a cover of felted wool
      that can be unhooked for cleaning. It arrives in two parts that slide together without tools.
    `,
    priceCents: 54900,
    compareAtCents: 61900,
    weightGrams: 15800,
    color: ['moss', 'rust', 'slate'],
  }),
  good({
    handle: 'shell-chair',
    title: 'Felt shell chair',
    brand: 'Halden Bench',
    category: 'chairs',
    seller: 'ostermoor-joinery',
    kind: 'chair',
    shape: 2,
    accent: 'beech',
    tags: ['felt', 'wood', 'seating'],
    description: `
      The shell is pressed from felt made of recycled bottles, stiff at the back and softer where legs bend, and it
      warms up faster than plywood or plastic. Four tapered beech legs screw into steel plates below. It weighs so
      little that a child can move it to the window. Vacuum it with the brush attachment.
    `,
    priceCents: 22400,
    weightGrams: 4300,
    color: ['ash', 'sea', 'saffron'],
  }),
  good({
    handle: 'bentwood-chair',
    title: 'Bentwood café chair',
    brand: 'Ostermoor',
    category: 'chairs',
    seller: 'ostermoor-joinery',
    kind: 'chair',
    shape: 3,
    accent: 'sand',
    tags: ['bentwood', 'cane', 'dining', 'seating'],
    description: `
      Beech rods are steamed for an hour and bent around an iron form in less than a minute, before they cool. Ten
      screws hold the whole chair together; tighten them after the first winter. The seat is woven cane and likes a
      damp sponge from below now and then. It hangs on a table edge for sweeping.
    `,
    priceCents: 16400,
    weightGrams: 3600,
    color: ['madder', 'walnut', 'midnight'],
    steps: { Set: { Single: [0, 0], 'Set of 2': [14900, 3600] } },
  }),

  good({
    handle: 'milking-stool',
    title: 'Three-legged stool',
    brand: 'Ostermoor',
    category: 'stools',
    seller: 'ostermoor-joinery',
    kind: 'stool',
    shape: 0,
    tags: ['wood', 'seating', 'bedside'],
    description: `
      Three legs never wobble, which is why cowsheds had no other kind. The seat is one thick disk, hollowed with a
      travisher until it feels right, and each leg is split along the grain before it is shaved. Thirty-two
      centimeters high: a seat for lacing boots, or a table for a lamp and a glass.
    `,
    priceCents: 7900,
    weightGrams: 2100,
    color: ['oak', 'beech', 'walnut'],
  }),
  good({
    handle: 'counter-stool',
    title: 'Counter stool',
    brand: 'Halden Bench',
    category: 'stools',
    seller: 'ostermoor-joinery',
    kind: 'stool',
    shape: 1,
    tags: ['steel', 'wood', 'bar'],
    description: `
      Made for the long hour when somebody cooks and somebody else talks. A bent steel footrest sits where feet look
      for one, and felt under the legs spares the floor. Choose 65 centimeters for a kitchen counter, 75 for a bar.
      The joints are brazed, and the wooden seat lifts off with four screws.
    `,
    priceCents: 14500,
    weightGrams: 5600,
    accent: 'iron',
    color: ['ash', 'chestnut', 'charcoal'],
    steps: { Height: { '65 cm': [0, 0], '75 cm': [900, 400] } },
  }),
  good({
    handle: 'step-stool',
    title: 'Pantry step stool',
    brand: 'Ostermoor',
    category: 'stools',
    seller: 'ostermoor-joinery',
    kind: 'stool',
    shape: 3,
    accent: 'beech',
    tags: ['wood', 'step', 'children'],
    description: `
      Two steps up to the high shelf, or to the washbasin for people under six. A slot in the upper tread serves as
      its handle, and cork strips underneath hold it still on tiles. Finger-jointed at the corners and certified for
      150 kilograms. Treads are bare beech and the paint on the sides is the water-based kind used for toys.
    `,
    priceCents: 6900,
    weightGrams: 2600,
    color: ['saffron', 'sea', 'chalk'],
  }),
  good({
    handle: 'leather-pouf',
    title: 'Stitched leather pouf',
    brand: 'Tamlet',
    category: 'stools',
    seller: 'tamlet-weavers',
    kind: 'stool',
    shape: 2,
    tags: ['leather', 'footstool', 'seating'],
    description: `
      Sixteen wedges of goat leather, dyed in pits and sewn with a double seam that is meant to be seen. It is stuffed
      with cotton offcuts, about eight kilograms, and a zipper underneath lets you add a few old T-shirts when it
      sags. Fifty centimeters wide. New leather smells strongly; a week on the balcony helps.
    `,
    priceCents: 15900,
    compareAtCents: 17900,
    weightGrams: 8900,
    color: ['saffron', 'rust', 'cream'],
  }),

  good({
    handle: 'drafting-lamp',
    title: 'Drafting lamp',
    brand: 'Lantern Lane',
    category: 'lamps',
    seller: 'lantern-lane-metalworks',
    kind: 'lamp',
    shape: 1,
    accent: 'brass',
    tags: ['desk', 'steel', 'light'],
    description: `
      Two arms, four springs and a shade that stays exactly where it is left. The springs are outside, where they can
      be seen, oiled and one day replaced. Takes an E27 bulb of up to 12 watts, included, warm white. The base weighs
      more than a kilogram; a clamp for table edges lies in the box.
    `,
    priceCents: 12900,
    weightGrams: 2700,
    color: ['indigo', 'madder', 'chalk', 'iron'],
  }),
  good({
    handle: 'pear-table-lamp',
    title: 'Pear table lamp',
    brand: 'Ines Varga',
    category: 'lamps',
    seller: 'kalkhof-pottery',
    kind: 'lamp',
    shape: 0,
    accent: 'cream',
    tags: ['stoneware', 'linen', 'light'],
    description: `
      A pear-shaped foot of cream stoneware, thrown in one piece, under a shade of dyed linen that throws a warm ring
      on the ceiling. The flex is covered in cotton and has its switch where a hand finds it in the dark. With the
      shade it stands 38 centimeters high. Dust the linen with a soft brush; the foot takes a wet cloth.
    `,
    priceCents: 9800,
    weightGrams: 1900,
    color: ['sage', 'clay', 'sky'],
  }),
  good({
    handle: 'mushroom-lamp',
    title: 'Mushroom lamp',
    brand: 'Lantern Lane',
    category: 'lamps',
    seller: 'lantern-lane-metalworks',
    kind: 'lamp',
    shape: 2,
    accent: 'cream',
    tags: ['table', 'bedside', 'steel', 'light'],
    description: `
      A spun steel cap on a stem of milk glass: the cap keeps the light off your eyes and the stem glows by itself.
      Tap the cap once for bright, again for dim, a third time for dark. Thirty-four centimeters tall and heavy enough
      to be dusted without sliding. An E14 LED bulb is included.
    `,
    priceCents: 14900,
    compareAtCents: 16900,
    weightGrams: 2100,
    color: ['charcoal', 'terracotta', 'olive'],
  }),
  good({
    handle: 'bell-pendant',
    title: 'Bell pendant lamp',
    brand: 'Lantern Lane',
    category: 'lamps',
    seller: 'lantern-lane-metalworks',
    kind: 'lamp',
    shape: 3,
    tags: ['ceiling', 'aluminum', 'light'],
    description: `
      Spun from a single sheet of aluminum on a lathe that is older than anyone who works it. The outside is colored,
      the inside always white, so that the light on the table stays clean. It hangs from two meters of textile flex,
      which can be shortened at the canopy. Fits every E27 bulb.
    `,
    priceCents: 11400,
    weightGrams: 1150,
    color: ['saffron', 'chalk', 'pine'],
    steps: { Diameter: { '28 cm': [0, 0], '40 cm': [4500, 650] } },
  }),

  good({
    handle: 'pierced-lantern',
    title: 'Pierced metal lantern',
    brand: 'Lantern Lane',
    category: 'lanterns',
    seller: 'lantern-lane-metalworks',
    kind: 'lantern',
    shape: 1,
    tags: ['brass', 'tealight', 'hanging'],
    description: `
      Light falls through some four hundred holes, each one struck with a punch and a hammer, and draws stars on the
      wall behind. A door at the side opens for a tealight or a small candle. There is a ring for hanging and three
      feet for standing. Untreated metal will darken; leave it or polish it.
    `,
    priceCents: 4800,
    weightGrams: 620,
    color: ['brass', 'copper', 'iron'],
    steps: { Height: { '22 cm': [0, 0], '34 cm': [2600, 540] } },
  }),
  good({
    handle: 'storm-lantern',
    title: 'Storm lantern',
    brand: 'Lantern Lane',
    category: 'lanterns',
    seller: 'lantern-lane-metalworks',
    kind: 'lantern',
    shape: 0,
    tags: ['camping', 'oil lamp', 'outdoor'],
    description: `
      Cold air is drawn down through the side tubes to the flame, so it burns steadily in wind that would put out a
      candle. One filling of lamp oil lasts about twenty hours. The globe lifts with a lever for lighting and
      trimming. A spare wick is tied to the handle; spare glass is sold on request.
    `,
    priceCents: 3900,
    weightGrams: 720,
    color: ['madder', 'midnight', 'moss', 'pewter'],
  }),
  good({
    handle: 'river-paper-lantern',
    title: 'River paper lantern',
    brand: 'Tamlet',
    category: 'lanterns',
    seller: 'tamlet-weavers',
    kind: 'lantern',
    shape: 2,
    tags: ['paper', 'bamboo', 'hanging'],
    description: `
      Mulberry paper is brushed onto a spiral of split bamboo and left to tighten overnight. Folded, it is as flat as
      a plate; opened, it makes a soft round light around any LED bulb. Hang it away from rain and open flames. A tear
      can be mended with rice paste and a scrap of the same paper, enclosed.
    `,
    priceCents: 3200,
    weightGrams: 210,
    color: ['cream', 'rose', 'saffron'],
    steps: { Diameter: { '30 cm': [0, 0], '45 cm': [1200, 140] } },
  }),
  good({
    handle: 'glass-lantern',
    title: 'Six-sided glass lantern',
    brand: 'Lantern Lane',
    category: 'lanterns',
    seller: 'lantern-lane-metalworks',
    kind: 'lantern',
    shape: 3,
    tags: ['glass', 'garden', 'candle'],
    description: `
      Six panes of hand-drawn glass, a little wavy, held in soldered strips. The roof is vented so that the top stays
      cool enough to carry. It takes candles up to eight centimeters thick and looks after itself on a sheltered step.
      Panes are loose in their grooves and slide out for washing.
    `,
    priceCents: 6400,
    weightGrams: 1450,
    color: ['charcoal', 'brass', 'pine'],
  }),

  good({
    handle: 'monstera',
    title: 'Monstera',
    brand: 'Green Stair',
    category: 'plants',
    seller: 'green-stair-apothecary',
    kind: 'plant',
    shape: 3,
    tags: ['swiss cheese plant', 'large', 'indoor'],
    description: `
      Broad leaves that come out whole when the plant is young and cut to ribbons as it grows up. It wants a bright
      room without midday sun, a stake to lean on by its third year and a wipe with a damp cloth when dust settles.
      Water weekly, less in winter. The glazed pot stands on feet and hides a plastic one.
    `,
    priceCents: 3900,
    weightGrams: 3400,
    color: ['chalk', 'terracotta', 'slate'],
    steps: { Height: { '50 cm': [0, 0], '80 cm': [2600, 2900] } },
  }),
  good({
    handle: 'coin-plant',
    title: 'Coin plant',
    brand: 'Green Stair',
    category: 'plants',
    seller: 'green-stair-apothecary',
    kind: 'plant',
    shape: 1,
    tags: ['pilea', 'small', 'indoor'],
    description: `
      Round leaves on long stalks, like a handful of green coins thrown up and caught. Turn the pot a quarter each
      week or it will lean toward the window. It sends up young plants around its foot; cut one loose, put it in water
      and give it to somebody. Safe for cats. Two sips of water a week will do.
    `,
    priceCents: 1900,
    weightGrams: 1300,
    color: ['clay', 'cream', 'indigo'],
  }),
  good({
    handle: 'snake-plant',
    title: 'Snake plant',
    brand: 'Green Stair',
    category: 'plants',
    seller: 'green-stair-apothecary',
    kind: 'plant',
    shape: 0,
    tags: ['sansevieria', 'indoor', 'low light'],
    description: `
      Upright, banded leaves that ask for a drink every third week and for nothing at all in January. It tolerates a
      dim hallway, dry heating and being forgotten during vacations. We pot it in gritty soil, since wet feet are the
      one thing it cannot bear. Turn the pot now and then so that it grows straight.
    `,
    priceCents: 2400,
    weightGrams: 2200,
    color: ['slate', 'terracotta', 'saffron'],
    steps: { Height: { '35 cm': [0, 0], '60 cm': [1700, 1900] } },
  }),
  good({
    handle: 'two-arm-cactus',
    title: 'Two-armed cactus',
    brand: 'Green Stair',
    category: 'plants',
    seller: 'green-stair-apothecary',
    kind: 'plant',
    shape: 2,
    tags: ['cactus', 'succulent', 'indoor'],
    description: `
      Seven years old and just beginning to branch, which is when a column cactus gets its character. Pink flowers
      open on warm nights in June, for one night each. Stand it in full sun, water it well once a month in summer and
      not at all from November to March. Tweezers for the spines are your own affair.
    `,
    priceCents: 2700,
    weightGrams: 1600,
    color: ['slate', 'rust', 'sea'],
  }),
];
