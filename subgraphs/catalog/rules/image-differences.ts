import type { Difference } from './differences.ts';

/** What a product shows: its images in their order, and which of them its variants show. */
export interface Gallery {
  readonly images: readonly { readonly id: string; readonly alt: string }[];
  readonly variants: readonly { readonly id: string; readonly sku: string; readonly imageId: string | null }[];
}

/** What is otherwise, e.g. `images.img_01J….alt`; an image that came or went is named by its words. */
export function imageDifferences(before: Gallery, after: Gallery): Difference[] {
  const words = ({ images }: Gallery) => new Map(images.map(({ id, alt }) => [id, alt]));
  const [was, is] = [words(before), words(after)];
  const changed = [...new Set([...was.keys(), ...is.keys()])].filter((id) => was.get(id) !== is.get(id));
  const shown = new Map(before.variants.map(({ id, imageId }) => [id, imageId]));
  const inOrder = ({ images }: Gallery) =>
    images.flatMap(({ id }) => (was.has(id) && is.has(id) ? [id] : [])).join(', ');
  const [stood, stands] = [inOrder(before), inOrder(after)];
  return [
    ...changed.map((id) => ({ field: `images.${id}`, before: was.get(id) ?? null, after: is.get(id) ?? null })),
    ...(stood === stands ? [] : [{ field: 'images', before: stood, after: stands }]),
    ...after.variants.flatMap(({ id, sku, imageId }) => {
      const showed = shown.get(id) ?? null;
      return showed === imageId ? [] : [{ field: `variants.${sku}.image`, before: showed, after: imageId }];
    }),
  ];
}

/** The variants that show something else now: another image, or one whose words changed. */
export function changedVariants(before: Gallery, after: Gallery): string[] {
  const shownBy = ({ images, variants }: Gallery) => {
    const words = new Map(images.map(({ id, alt }) => [id, alt]));
    return new Map(variants.map(({ id, imageId }) => [id, imageId && `${imageId} ${words.get(imageId)}`]));
  };
  const was = shownBy(before);
  return [...shownBy(after)].flatMap(([id, shown]) => (was.get(id) === shown ? [] : [id]));
}
