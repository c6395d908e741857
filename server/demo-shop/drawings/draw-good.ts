import { bag } from './bag.ts';
import { basket } from './basket.ts';
import { bicycleBell } from './bicycle-bell.ts';
import { blanket } from './blanket.ts';
import { book } from './book.ts';
import { bowl } from './bowl.ts';
import { candle } from './candle.ts';
import { cap } from './cap.ts';
import { chair } from './chair.ts';
import { coffeeBag } from './coffee-bag.ts';
import { cup } from './cup.ts';
import { giftCard } from './gift-card.ts';
import { ground } from './ground.ts';
import { headphones } from './headphones.ts';
import { jar } from './jar.ts';
import { knife } from './knife.ts';
import { lamp } from './lamp.ts';
import { lantern } from './lantern.ts';
import type { Look, Shapes } from './look.ts';
import { notebook } from './notebook.ts';
import { type Matrix, Pen } from './pen.ts';
import { plant } from './plant.ts';
import { radio } from './radio.ts';
import { rug } from './rug.ts';
import { scarf } from './scarf.ts';
import { shirt } from './shirt.ts';
import { shoe } from './shoe.ts';
import { soap } from './soap.ts';
import { spiceTin } from './spice-tin.ts';
import { stool } from './stool.ts';
import { teapot } from './teapot.ts';
import { requireColor } from './tint.ts';
import { watch } from './watch.ts';

/** Every kind of thing the demo shop sells, and the four makes of each. */
const SHAPES = {
  cup,
  teapot,
  lamp,
  chair,
  rug,
  basket,
  knife,
  jar,
  book,
  scarf,
  shirt,
  cap,
  shoe,
  bag,
  watch,
  radio,
  headphones,
  plant,
  candle,
  soap,
  'spice-tin': spiceTin,
  'coffee-bag': coffeeBag,
  'bicycle-bell': bicycleBell,
  notebook,
  bowl,
  blanket,
  lantern,
  stool,
  'gift-card': giftCard,
} satisfies Record<string, Shapes>;

export type Kind = keyof typeof SHAPES;

export const KINDS = Object.keys(SHAPES) as Kind[];

export interface Drawing {
  readonly kind: Kind;
  /** Which of the kind's four makes. */
  readonly shape: 0 | 1 | 2 | 3;
  /** '#rrggbb', the real color of the thing; of a plant its pot, of a knife its handle, of a full jar what is in it. */
  readonly color: string;
  /** '#rrggbb' of its second color: handle, band, label, sole. Each make has its own where none is given. */
  readonly accent?: string;
  /** OKLCH hue, 0 to 359, of the category's tinted ground. */
  readonly hue: number;
}

/** Things are drawn with air around them; on the ground they fill it a little more. */
const CLOSER: Matrix = [1.2, 0, 0, 1.2, -120, -128];

/** The picture of a thing as a whole SVG, viewBox 0 0 1200 1200; the same drawing gives the same text. */
export function drawGood({ kind, shape, color, accent, hue }: Drawing): string {
  if (!Number.isFinite(hue) || hue < 0 || hue >= 360)
    throw new RangeError(`A ground's hue is from 0 to 359, not ${hue}.`);
  const draw = Object.hasOwn(SHAPES, kind) ? SHAPES[kind][shape] : undefined;
  if (!draw) throw new RangeError(`There is no drawing of "${kind}" in shape ${shape}.`);
  const look: Look =
    accent === undefined
      ? { color: requireColor(color) }
      : { color: requireColor(color), accent: requireColor(accent) };
  const pen = new Pen(hue);
  ground(pen);
  pen.placed(CLOSER, () => draw(pen, look));
  return pen.svg();
}
