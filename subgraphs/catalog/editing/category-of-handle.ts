import { Refusal } from '#platform/errors/refusal.ts';
import { categoryByHandle } from '../category.loaders.ts';

export async function categoryIdOf(handle: string): Promise<string> {
  const category = handle.includes('\0') ? null : await categoryByHandle(handle);
  if (category) return category.id;
  throw new Refusal('CATEGORY_NOT_FOUND', 'There is no category with that handle.', { path: ['input', 'category'] });
}
