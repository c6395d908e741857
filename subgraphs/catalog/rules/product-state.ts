/** A variant as it is stored; money in minor units of the shop's currency. */
export interface VariantState {
  readonly id: string;
  readonly sku: string;
  /** Null for one that is called as its product, with the values of its options. */
  readonly title: string | null;
  readonly options: readonly { readonly name: string; readonly value: string }[];
  readonly price: bigint;
  readonly compareAtPrice: bigint | null;
  readonly weightGrams: number;
  /** False for one that is no longer sold: carts and orders still know it. */
  readonly published: boolean;
}

export interface Translation {
  readonly title: string;
  readonly description: string;
}

/** All of a product that can be edited. Variants are in the order shown, those no longer sold last. */
export interface ProductState {
  readonly id: string;
  readonly version: number;
  readonly handle: string;
  readonly title: string;
  readonly description: string;
  readonly brand: string | null;
  readonly tags: readonly string[];
  readonly categoryId: string | null;
  readonly sellerId: string;
  readonly options: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly variants: readonly VariantState[];
  readonly seoTitle: string | null;
  readonly seoDescription: string | null;
  /** By locale. */
  readonly translations: Readonly<Record<string, Translation>>;
  /** What it is made as, it stays: cards of it may have been sold. */
  readonly giftCard: boolean;
  readonly published: boolean;
  readonly publishAt: Date | null;
  readonly deleted: boolean;
}

/** The variants that are for sale once the product is published. */
export const soldVariants = ({ variants }: ProductState): VariantState[] => variants.filter((one) => one.published);
