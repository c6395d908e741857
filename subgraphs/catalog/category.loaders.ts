import { Category, type CategoryRow } from './category.type.ts';
import { database } from './database.ts';
import { inOrder } from './product.loaders.ts';

const SELECT = `SELECT c.id, c.handle, c.title, c.description, c.translations, c.parent_id, CASE WHEN i.id IS NOT NULL THEN
    json_build_object('id', i.id, 'key', i.key, 'alt', i.alt, 'width', i.width, 'height', i.height,
      'blurDataUrl', i.blur_data_url) END AS image
  FROM category c LEFT JOIN image i ON i.id = c.image_id`;

const byIds = database.statement<CategoryRow>('catalog.categories-by-ids', `${SELECT} WHERE c.id = ANY($1::text[])`);
const byHandle = database.statement<CategoryRow>('catalog.category-by-handle', `${SELECT} WHERE c.handle = $1`);
const roots = database.statement<CategoryRow>(
  'catalog.category-roots',
  `${SELECT} WHERE c.parent_id IS NULL ORDER BY c.position, c.id`,
);
const byParents = database.statement<CategoryRow>(
  'catalog.categories-by-parents',
  `${SELECT} WHERE c.parent_id = ANY($1::text[]) ORDER BY c.position, c.id`,
);

/** In the order of `ids`, null where there is none. */
export async function categoriesByIds(ids: readonly string[]): Promise<(Category | null)[]> {
  const rows = await byIds([...new Set(ids)]);
  return inOrder(
    ids,
    rows.map((row) => new Category(row)),
  );
}

export async function categoryByHandle(handle: string): Promise<Category | null> {
  const [row] = await byHandle(handle);
  return row ? new Category(row) : null;
}

export async function rootCategories(): Promise<Category[]> {
  return (await roots()).map((row) => new Category(row));
}

/** The children of each parent, in the order of `parentIds`. */
export async function childrenOf(parentIds: readonly string[]): Promise<Category[][]> {
  const children = (await byParents([...new Set(parentIds)])).map((row) => new Category(row));
  return parentIds.map((parentId) => children.filter((child) => child.parentId === parentId));
}
