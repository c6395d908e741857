import { cup } from './cup.ts';
import { Pen } from './pen.ts';
import { ground } from './solids.ts';

const M: Record<string, any> = { cup };
export function drawGood(d: any): string {
  const pen = new Pen(d.hue);
  ground(pen);
  M[d.kind][d.shape](pen, d);
  return pen.svg();
}
