import { Arg, Ctx, ID, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import { newId } from '#platform/database/id.ts';
import { Denied } from '#platform/errors/denied.ts';
import { Refusal } from '#platform/errors/refusal.ts';
import { RequiresScopes } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { followChanges } from '#platform/live/follow-changes.ts';
import { live } from '#platform/live/live.ts';
import { database } from '../database.ts';
import { editorOf, sellerFor } from '../editing/editor.ts';
import { importOf, importTopic, toImport } from './product-import.records.ts';
import {
  ProductImport,
  ProductImportCreateInput,
  ProductImportPartInput,
  ProductImportPayload,
  ProductImportStartInput,
} from './product-import.type.ts';

/** Below the limit of a request's body, escaped and in the longest of scripts. */
const MOST_CHARACTERS = 60_000;
const MOST_PARTS = 1_000;

@Resolver()
export class ProductImports {
  @RequiresScopes('products:write')
  @Mutation(() => ProductImportPayload, {
    description:
      'Begins one; its file follows by productImportAppend, and productImportStart has it done. products:write',
  })
  productImportCreate(
    @Arg('input', () => ProductImportCreateInput) input: ProductImportCreateInput,
    @Ctx() context: Context,
  ) {
    return payload(() => createImport(context, input));
  }

  @RequiresScopes('products:write')
  @Mutation(() => ProductImportPayload, { description: 'products:write' })
  productImportAppend(
    @Arg('input', () => ProductImportPartInput) input: ProductImportPartInput,
    @Ctx() context: Context,
  ) {
    return payload(() => appendPart(context, input));
  }

  @RequiresScopes('products:write')
  @Mutation(() => ProductImportPayload, {
    description: 'The file is whole: a worker imports it. Twice is harmless. products:write',
  })
  productImportStart(
    @Arg('input', () => ProductImportStartInput) input: ProductImportStartInput,
    @Ctx() context: Context,
  ) {
    return payload(() => startImport(context, input));
  }

  @RequiresScopes('products:write')
  @Query(() => ProductImport, { nullable: true, description: 'One of your own, for a week. products:write' })
  async productImport(@Arg('id', () => ID) id: string, @Ctx() context: Context): Promise<ProductImport | null> {
    const row = await importOf(id, context.signedIn().customerId);
    return row && toImport(row);
  }

  @RequiresScopes('products:write')
  @Subscription(() => ProductImport, {
    nullable: true,
    description: 'How far it is, now and after each batch, until it is done. products:write',
    subscribe: ({ args, context }) => followImport((args as { id: string }).id, context as Context),
  })
  productImportProgress(
    @Arg('id', () => ID) _id: string,
    @Root() progress: ProductImport | null,
  ): ProductImport | null {
    return progress;
  }
}

async function createImport(context: Context, { seller, dryRun }: ProductImportCreateInput) {
  const editor = await editorOf(context);
  await sellerFor(editor, seller);
  const id = newId('imp');
  await insert(id, editor.actorId, editor.sellerIds ?? [], editor.sellerIds === null, seller ?? null, dryRun);
  return importNow(id, context);
}

async function appendPart(context: Context, { importId, number, text }: ProductImportPartInput) {
  const path = (field: string) => ({ path: ['input', field] });
  if (number < 0 || number >= MOST_PARTS)
    throw new Refusal('PART_INVALID', `A file has at most ${MOST_PARTS} parts, numbered from 0.`, path('number'));
  if (text.length > MOST_CHARACTERS || text.includes('\0'))
    throw new Refusal('PART_INVALID', `A part is text of at most ${MOST_CHARACTERS} characters.`, path('text'));
  const [written] = importId.includes('\0') ? [] : await append(importId, context.signedIn().customerId, number, text);
  if (!written) throw noImport();
  return importNow(importId, context);
}

async function startImport(context: Context, { importId, parts }: ProductImportStartInput) {
  const { customerId } = context.signedIn();
  const row = await importOf(importId, customerId);
  if (!row) throw noImport();
  const [started] = await start(importId, parts);
  if (!started && row.state === 'UPLOADING')
    throw new Refusal('PART_MISSING', 'Some of these parts did not come: send them again.', {
      path: ['input', 'parts'],
    });
  live.publish(importTopic(importId));
  return importNow(importId, context);
}

async function importNow(id: string, context: Context) {
  const row = await importOf(id, context.signedIn().customerId);
  return { import: row && toImport(row) };
}

const noImport = () =>
  new Refusal('IMPORT_NOT_FOUND', 'There is no such import of yours that still takes its file.', {
    path: ['input', 'importId'],
  });

function followImport(id: string, context: Context): AsyncIterableIterator<ProductImport | null> {
  // What guards the field is asked at each event only.
  const { customerId } = context.signedIn();
  if (!context.has('products:write')) throw new Denied('FORBIDDEN', 'This needs the scope products:write.');
  let told = '';
  return followChanges<ProductImport | null>({
    topic: importTopic(id),
    async read() {
      const row = await importOf(id, customerId);
      if (!row) return { items: [null], end: true };
      const present = toImport(row);
      const news = JSON.stringify(present);
      const items = news === told ? [] : [present];
      told = news;
      return { items, end: row.state === 'DONE' || row.state === 'FAILED' };
    },
  });
}

/** Those of a week ago go with it. */
const insert = database.statement(
  'catalog.import-create',
  `WITH old AS (DELETE FROM import_job WHERE created_at < now() - interval '7 days')
   INSERT INTO import_job (id, state, actor_id, seller_ids, all_sellers, seller, dry_run)
   VALUES ($1, 'UPLOADING', $2, $3, $4, $5, $6)`,
);

const append = database.statement<{ number: number }>(
  'catalog.import-append',
  `INSERT INTO import_part (import_id, number, text)
   SELECT id, $3, $4 FROM import_job WHERE id = $1 AND actor_id = $2 AND state = 'UPLOADING' FOR SHARE
   ON CONFLICT (import_id, number) DO UPDATE SET text = excluded.text RETURNING number`,
);

const start = database.statement<{ id: string }>(
  'catalog.import-start',
  `UPDATE import_job SET state = 'WAITING' WHERE id = $1 AND state = 'UPLOADING' AND $2::int >= 1
     AND $2 = (SELECT count(*) FROM import_part WHERE import_id = $1 AND number < $2) RETURNING id`,
);
