import type pg from 'pg';
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { announceChange } from '#platform/cache/changes.ts';
import { newId } from '#platform/database/id.ts';
import { Refusal } from '#platform/errors/refusal.ts';
import { RequiresScopes } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { categoriesByIds } from '../category.loaders.ts';
import { database } from '../database.ts';
import { type CategoryState, categoryDifferences } from '../rules/differences.ts';
import { handleOf, readDescription, readHandle, readTitle } from '../rules/product-texts.ts';
import {
  CategoryCreateInput,
  CategoryMoveInput,
  CategoryPayload,
  CategoryTranslateInput,
  CategoryUpdateInput,
} from './category.input.ts';
import { MOST_LEVELS, refreshBelow, takeTree } from './category-tree.ts';
import { noteChanges } from './note-changes.ts';

@Resolver()
export class WriteCategory {
  @RequiresScopes('catalog:write')
  @Mutation(() => CategoryPayload, { description: 'catalog:write' })
  categoryCreate(@Arg('input', () => CategoryCreateInput) input: CategoryCreateInput, @Ctx() context: Context) {
    return payload(() => createCategory(context, input));
  }

  @RequiresScopes('catalog:write')
  @Mutation(() => CategoryPayload, { description: 'catalog:write' })
  categoryUpdate(@Arg('input', () => CategoryUpdateInput) input: CategoryUpdateInput, @Ctx() context: Context) {
    return payload(() =>
      editCategory(context, 'UPDATED', input.id, (state) => ({
        ...state,
        ...(input.title != null && { title: readTitle(input.title) }),
        ...(input.handle != null && { handle: readHandle(input.handle) }),
        ...(input.description !== undefined && { description: readDescription(input.description ?? '') || null }),
      })),
    );
  }

  @RequiresScopes('catalog:write')
  @Mutation(() => CategoryPayload, { description: 'Moves it with all that is below it. catalog:write' })
  categoryMove(@Arg('input', () => CategoryMoveInput) input: CategoryMoveInput, @Ctx() context: Context) {
    return payload(() =>
      editCategory(context, 'MOVED', input.id, (state) => ({
        ...state,
        ...{ parentId: input.parentId ?? null, position: Math.max(0, input.position ?? LAST) },
      })),
    );
  }

  @RequiresScopes('catalog:write')
  @Mutation(() => CategoryPayload, { description: 'What it is called in another language. catalog:write' })
  categoryTranslate(
    @Arg('input', () => CategoryTranslateInput) input: CategoryTranslateInput,
    @Ctx() context: Context,
  ) {
    return payload(() =>
      editCategory(context, 'TRANSLATED', input.id, (state) => {
        const { [input.locale]: _, ...others } = state.translations;
        if (input.title == null) return { ...state, translations: others };
        const description = readDescription(input.description ?? '') || null;
        const translation = { title: readTitle(input.title), description };
        return { ...state, translations: { ...others, [input.locale]: translation } };
      }),
    );
  }
}

const LAST = 1_000_000;

async function createCategory(context: Context, input: CategoryCreateInput) {
  const title = readTitle(input.title);
  const made: CategoryState = {
    ...{ id: newId('cat'), title, handle: readHandle(input.handle ?? handleOf(title)), translations: {} },
    ...{ description: readDescription(input.description ?? '') || null, parentId: null, position: LAST },
  };
  const parentId = input.parentId ?? null;
  await inTree(async (client) => {
    await client.query('INSERT INTO category (id, handle, title, description, position) VALUES ($1, $2, $3, $4, $5)', [
      ...[made.id, made.handle, made.title, made.description, LAST],
    ]);
    await place(client, { ...made, parentId });
    await note(client, context, 'CREATED', null, { ...made, parentId });
  });
  await announceChange('Category');
  return categoryNow(made.id);
}

async function editCategory(context: Context, deed: string, id: string, edit: (state: CategoryState) => CategoryState) {
  const isChanged = await inTree(async (client) => {
    const { rows } = await client.query<CategoryState>(STATE, id.includes('\0') ? [''] : [id]);
    const [before] = rows;
    if (!before) throw new Refusal('CATEGORY_NOT_FOUND', 'There is no such category.', { path: ['input', 'id'] });
    const after = edit(before);
    if (categoryDifferences(before, after).length === 0) return false;
    await client.query(
      'UPDATE category SET handle = $2, title = $3, description = $4, translations = $5 WHERE id = $1',
      [...[id, after.handle, after.title, after.description, JSON.stringify(after.translations)]],
    );
    if (deed === 'MOVED') await place(client, after);
    const { rows: placed } = await client.query<CategoryState>(STATE, [id]);
    await note(client, context, deed, before, placed[0]!);
    const isNamedAnew = before.title !== after.title || deed === 'TRANSLATED';
    if (isNamedAnew || before.parentId !== after.parentId) await refreshBelow(client, id);
    return true;
  });
  // What is above a product is on its page, and in which lists it is.
  if (isChanged) await announceChange('Category', 'Product');
  return categoryNow(id);
}

const inTree = <Result>(work: (client: pg.PoolClient) => Promise<Result>): Promise<Result> =>
  database
    .transaction(async (client) => {
      await takeTree(client);
      return work(client);
    })
    .catch((reason) => {
      if ((reason as { constraint?: string }).constraint !== 'category_handle_key') throw reason;
      throw new Refusal('HANDLE_TAKEN', 'Another category has that handle. Choose another.', {
        path: ['input', 'handle'],
      });
    });

/** Puts it below its parent, at its place; the write itself refuses to put it below itself, and below what is not there. */
async function place(client: pg.PoolClient, { id, parentId, position }: CategoryState): Promise<void> {
  const path = { path: ['input', 'parentId'] };
  const { rowCount } = await client.query(PLACE, [id, parentId?.includes('\0') ? '' : parentId]);
  if (rowCount === 0) {
    const { rows } = await client.query('SELECT FROM category WHERE id = $1', [parentId?.replaceAll('\0', '')]);
    if (rows.length === 0) throw new Refusal('CATEGORY_NOT_FOUND', 'There is no such category to be below.', path);
    throw new Refusal('CYCLE', 'A category cannot be below itself, nor below what is below it.', path);
  }
  const { rows } = await client.query<{ levels: number }>(LEVELS, [id]);
  if (rows[0]!.levels > MOST_LEVELS) throw new Refusal('TOO_DEEP', `A tree has at most ${MOST_LEVELS} levels.`, path);
  await client.query(NUMBER, [id, parentId, position]);
}

async function note(
  client: pg.PoolClient,
  context: Context,
  deed: string,
  before: CategoryState | null,
  after: CategoryState,
): Promise<void> {
  const actorId = context.signedIn().customerId;
  await noteChanges(client, { actorId }, [{ subject: after.id, deed, fields: categoryDifferences(before, after) }]);
}

async function categoryNow(id: string) {
  const [category] = await categoriesByIds([id]);
  return { category: category ?? null };
}

const STATE = `SELECT id, handle, title, description, translations, parent_id AS "parentId", position FROM category
  WHERE id = $1`;

const PLACE = `
  WITH RECURSIVE below AS (
    SELECT id FROM category WHERE id = $1
    UNION ALL SELECT c.id FROM category c JOIN below ON c.parent_id = below.id)
  UPDATE category SET parent_id = $2 WHERE id = $1
    AND ($2::text IS NULL OR $2 IN (SELECT id FROM category) AND $2 NOT IN (SELECT id FROM below))`;

/** How deep the deepest of what moved is now. */
const LEVELS = `
  WITH RECURSIVE up AS (
    SELECT id, parent_id, 1 AS n FROM category WHERE id = $1
    UNION ALL SELECT c.id, c.parent_id, up.n + 1 FROM category c JOIN up ON c.id = up.parent_id),
  down AS (
    SELECT id, 0 AS n FROM category WHERE id = $1
    UNION ALL SELECT c.id, down.n + 1 FROM category c JOIN down ON c.parent_id = down.id)
  SELECT ((SELECT max(n) FROM up) + (SELECT max(n) FROM down))::int AS levels`;

/** Numbers the siblings anew with the moved one at its place. */
const NUMBER = `
  UPDATE category c SET position = o.n FROM (
    SELECT id, (row_number() OVER (ORDER BY CASE WHEN id = $1 THEN $3 - 0.5 ELSE n END))::int - 1 AS n FROM (
      SELECT id, row_number() OVER (ORDER BY id = $1, position, id) - 1 AS n FROM category
      WHERE parent_id IS NOT DISTINCT FROM $2) AS sibling) AS o
  WHERE c.id = o.id AND c.position <> o.n`;
