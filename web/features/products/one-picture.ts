/** A card shows the first picture alone: the others need not travel to the browser with the list. */
export function withOnePicture<P extends { readonly images: readonly unknown[] }>(product: P): P {
  return { ...product, images: product.images.slice(0, 1) };
}
