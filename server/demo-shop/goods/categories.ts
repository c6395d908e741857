import type { DemoCategory } from './good.ts';

/** Roots in the order of the shop's menu, each followed by its leaves; a leaf's hue stays near its root's. */
export const CATEGORIES = [
  root('kitchen', 'Kitchen and table', 48, 'Cups, bowls, pots and knives that are washed and used again the same day.'),
  leaf('kitchen', 'cups', 'Cups', 44, 'For coffee, tea and whatever is left of the wine.'),
  leaf('kitchen', 'bowls', 'Bowls', 52, 'Thrown, turned and spun, from dip to salad.'),
  leaf('kitchen', 'teapots', 'Teapots', 38, 'Pots that pour without dripping, in clay, iron and brass.'),
  leaf('kitchen', 'knives', 'Knives', 56, 'Forged blades that can be sharpened at home.'),
  leaf('kitchen', 'jars', 'Jars', 60, 'To keep flour dry and beans in sight.'),

  root('pantry', 'Pantry', 82, 'Spices, coffee and things in jars, packed the week they are sent.'),
  leaf('pantry', 'spices', 'Spices', 78, 'Ground in small lots and sealed in tins.'),
  leaf('pantry', 'coffee', 'Coffee', 66, 'Roasted on Tuesdays, sent on Wednesdays.'),
  leaf('pantry', 'honey-and-salt', 'Honey and salt', 88, 'Honey by the meadow, salt by the pan.'),

  root('rooms', 'Furniture and light', 150, 'Chairs to sit in, lamps to read by and something green beside them.'),
  leaf('rooms', 'chairs', 'Chairs', 145, 'Joined without screws where the wood allows it.'),
  leaf('rooms', 'stools', 'Stools', 158, 'A seat, a step or a bedside table.'),
  leaf('rooms', 'lamps', 'Lamps', 100, 'For the desk, the table, the corner and the ceiling.'),
  leaf('rooms', 'lanterns', 'Lanterns', 110, 'Light to carry, hang or set on the step.'),
  leaf('rooms', 'plants', 'Plants', 135, 'Rooted, potted and used to living indoors.'),

  root('woven', 'Woven things', 25, 'Rugs, blankets and baskets from the loom and the willow bed.'),
  leaf('woven', 'rugs', 'Rugs', 20, 'Flat weaves and piles in wool, cotton and jute.'),
  leaf('woven', 'blankets', 'Blankets', 12, 'For the bed, the sofa and the grass.'),
  leaf('woven', 'baskets', 'Baskets', 34, 'Willow, palm and cane, each with a job to do.'),

  root('clothing', 'Clothing', 268, 'Plain clothes in good cloth, with buttons that stay on.'),
  leaf('clothing', 'shirts', 'Shirts and sweaters', 262, 'Linen, twill, heavy jersey and knitted cotton.'),
  leaf('clothing', 'scarves', 'Scarves', 280, 'Wool for winter, cotton and silk for the rest.'),
  leaf('clothing', 'caps', 'Caps and hats', 255, 'Against sun, wind and drizzle.'),
  leaf('clothing', 'shoes', 'Shoes', 248, 'Soles that a cobbler can replace, and one pair for a single summer.'),
  leaf('clothing', 'watches', 'Watches', 290, 'Clear dials that tell the time and nothing else.'),

  root('outdoors', 'Out and about', 205, 'Bags and bells for people on foot and on bicycles.'),
  leaf('outdoors', 'bags', 'Bags', 212, 'Canvas and leather, from groceries to a long weekend.'),
  leaf('outdoors', 'bicycle-bells', 'Bicycle bells and horns', 196, 'Polite at ten meters, clear at fifty.'),

  root('bath', 'Soap and candles', 335, 'Small comforts, cut and poured by hand.'),
  leaf('bath', 'soaps', 'Soaps', 328, 'Bars that rest for weeks before they are wrapped.'),
  leaf('bath', 'candles', 'Candles', 345, 'Beeswax and rapeseed wax with cotton wicks.'),

  root('study', 'Reading and listening', 228, 'Books, paper, radios and headphones for quiet hours.'),
  leaf('study', 'books', 'Books', 222, 'From a small press that sews its pages.'),
  leaf('study', 'notebooks', 'Notebooks', 235, 'Sewn pages that lie flat.'),
  leaf('study', 'radios', 'Radios', 240, 'One dial, one loudspeaker, no account.'),
  leaf('study', 'headphones', 'Headphones', 230, 'Every pad, cable and battery can be replaced.'),
  leaf('study', 'gift-cards', 'Gift cards', 215, 'By mail, for those who would rather choose themselves.'),
] satisfies readonly DemoCategory[];

function root(handle: string, title: string, hue: number, description: string): DemoCategory {
  return { handle, title, description, parent: null, hue };
}

function leaf(parent: string, handle: string, title: string, hue: number, description: string): DemoCategory {
  return { handle, title, description, parent, hue };
}
