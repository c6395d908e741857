import { type Letter, letter, paragraph, smallPrint } from './letter.ts';

interface LowStock {
  available: number;
  threshold: number;
}

/** To the staff, when few of a variant are left to be promised. `name` is what the catalog calls it, or its id. */
export function lowStockMail(name: string, variantId: string, { available, threshold }: LowStock): Letter {
  const heading = available > 0 ? `${available} of ${name} left` : `${name} is sold out`;
  const news =
    available < 0
      ? `${-available} are ordered that are not there yet.`
      : `Stock counts as low from ${threshold} on. You will hear of it again when it was restocked and fell anew.`;
  const subject = `Low stock: ${name}`;
  return letter(subject, `${heading}\n\n${news}\n\n${variantId}`, heading, [paragraph(news), smallPrint(variantId)]);
}
