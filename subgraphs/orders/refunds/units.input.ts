import { Field, ID, InputType, Int } from 'type-graphql';
import { Refusal } from '#platform/errors/refusal.ts';

const MOST_LINES = 100;

@InputType('ReturnLineInput', { description: 'So many units of a line.' })
export class UnitsInput {
  @Field(() => ID)
  lineId!: string;

  @Field(() => Int)
  quantity!: number;
}

/** Each line once, in the order of their ids; `least` is how many lines must be named. */
export function checkedUnits(
  given: readonly UnitsInput[],
  { least = 0 }: { least?: number } = {},
): { lineId: string; quantity: number }[] {
  if (given.length < least || given.length > MOST_LINES) {
    throw new Refusal('INVALID_QUANTITY', `Name ${least} to ${MOST_LINES} lines.`, { path: ['input', 'lines'] });
  }
  const units = new Map<string, number>();
  for (const [i, { lineId, quantity }] of given.entries()) {
    if (quantity < 1 || quantity > 1_000_000) {
      throw new Refusal('INVALID_QUANTITY', 'Name at least one unit of a line.', {
        path: ['input', 'lines', `${i}`, 'quantity'],
      });
    }
    units.set(lineId, (units.get(lineId) ?? 0) + quantity);
  }
  return [...units].map(([lineId, quantity]) => ({ lineId, quantity }));
}
