import { defineLetter, SmallPrint, Title, Words } from './letter.tsx';

interface LowStock {
  available: number;
  threshold: number;
}

const letter = defineLetter<{ name: string; heading: string; news: string; variantId: string }>(
  { subject: ({ name }) => `Low stock: ${name}`, preview: ({ heading }) => heading },
  ({ heading, news, variantId }) => (
    <>
      <Title>{heading}</Title>
      <Words>{news}</Words>
      <SmallPrint>{variantId}</SmallPrint>
    </>
  ),
);

/** To the staff, when few of a variant are left to be promised. `name` is what the catalog calls it, or its id. */
export const lowStockMail = (name: string, variantId: string, { available, threshold }: LowStock) =>
  letter({
    name,
    variantId,
    heading: available > 0 ? `${available} of ${name} left` : `${name} is sold out`,
    news:
      available < 0
        ? `${-available} are ordered that are not there yet.`
        : `Stock counts as low from ${threshold} on. You will hear of it again when it was restocked and fell anew.`,
  });
