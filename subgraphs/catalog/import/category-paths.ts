import { database } from '../database.ts';

/** Finds a category as a file names it: by its handle, its title, or its path, e.g. `Kitchen > Cups`. */
export interface CategoryPaths {
  /** Null where there is none. */
  idOf(name: string): string | null;
}

const paths = database.statement<{ id: string; handle: string; path: string[] }>(
  'catalog.category-paths',
  `WITH RECURSIVE tree AS (
     SELECT id, handle, ARRAY[title] AS path FROM category WHERE parent_id IS NULL
     UNION ALL SELECT c.id, c.handle, tree.path || c.title FROM category c JOIN tree ON c.parent_id = tree.id)
   SELECT * FROM tree ORDER BY cardinality(path), id`,
);

export async function readCategoryPaths(): Promise<CategoryPaths> {
  const known = new Map<string, string>();
  for (const { id, handle, path } of await paths())
    for (const name of [handle, ...path.map((_, at) => path.slice(at).join(' > '))])
      if (!known.has(normal(name))) known.set(normal(name), id);
  return {
    idOf: (name) => known.get(normal(name)) ?? null,
  };
}

const normal = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/\s*>\s*/g, ' > ')
    .trim();

/** How an export names each category: by its path. */
export async function pathsOfCategories(): Promise<Map<string, string>> {
  return new Map((await paths()).map(({ id, path }) => [id, path.join(' > ')]));
}
