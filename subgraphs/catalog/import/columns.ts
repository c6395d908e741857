/** What an import reads of a row. */
export type Field =
  | ('handle' | 'title' | 'description' | 'brand' | 'category' | 'tags' | 'published' | 'status' | 'giftCard')
  | ('option1Name' | 'option1Value' | 'option2Name' | 'option2Value' | 'option3Name' | 'option3Value')
  | ('sku' | 'price' | 'compareAtPrice' | 'weightGrams' | 'onHand' | 'seoTitle' | 'seoDescription')
  | ('imageUrl' | 'imagePosition' | 'imageAlt');

/**
 * Each field's column in Shopify's product CSV: its name in the template that Shopify gives now, which an export writes,
 * and that of older files, which merchants have (https://help.shopify.com/en/manual/products/import-export/using-csv).
 */
export const COLUMNS: Readonly<Record<Field, readonly [string, ...string[]]>> = {
  title: ['Title'],
  handle: ['URL handle', 'Handle'],
  description: ['Description', 'Body (HTML)'],
  brand: ['Vendor'],
  category: ['Product category'],
  tags: ['Tags'],
  published: ['Published on online store', 'Published'],
  status: ['Status'],
  giftCard: ['Gift card'],
  sku: ['SKU', 'Variant SKU'],
  option1Name: ['Option1 name'],
  option1Value: ['Option1 value'],
  option2Name: ['Option2 name'],
  option2Value: ['Option2 value'],
  option3Name: ['Option3 name'],
  option3Value: ['Option3 value'],
  price: ['Price', 'Variant Price'],
  compareAtPrice: ['Compare-at price', 'Variant Compare At Price'],
  onHand: ['Inventory quantity', 'Variant Inventory Qty'],
  weightGrams: ['Weight value (grams)', 'Variant Grams'],
  imageUrl: ['Product image URL', 'Image Src'],
  imagePosition: ['Image position'],
  imageAlt: ['Image alt text'],
  seoTitle: ['SEO title'],
  seoDescription: ['SEO description'],
};

/** In the order of an export. */
export const FIELDS = Object.keys(COLUMNS) as Field[];

const BY_NAME = new Map(FIELDS.flatMap((field) => COLUMNS[field].map((name) => [name.toLowerCase(), field] as const)));

/** The field of a column, whatever the case of its name; null for one that is not read. */
export const fieldOf = (column: string): Field | null =>
  BY_NAME.get(
    column
      .replace(/^\uFEFF/, '')
      .trim()
      .toLowerCase(),
  ) ?? null;
