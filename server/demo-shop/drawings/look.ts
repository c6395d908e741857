import type { Pen } from './pen.ts';

/** What a shopper chose of a thing: its color, and a second one where it has two. */
export interface Look {
  readonly color: string;
  readonly accent?: string;
}

export type Draw = (pen: Pen, look: Look) => void;

/** Four makes of one kind of thing, different in build and not in size alone. */
export type Shapes = readonly [Draw, Draw, Draw, Draw];
