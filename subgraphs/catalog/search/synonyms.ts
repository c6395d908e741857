import { Arg, Field, ID, InputType, Mutation, ObjectType, Query, Resolver, registerEnumType } from 'type-graphql';
import { announceChange } from '#platform/cache/changes.ts';
import { newId } from '#platform/database/id.ts';
import { Refusal } from '#platform/errors/refusal.ts';
import { RequiresScopes } from '#platform/graphql/access.ts';
import { payload, UserError } from '#platform/graphql/user-error.type.ts';
import { database } from '../database.ts';
import { wordsOf } from '../rules/search-words.ts';
import { searchProvider } from './chosen-search.ts';

@ObjectType({ simpleResolvers: true, description: 'Words and phrases that mean the same to who searches.' })
export class SearchSynonym {
  @Field(() => ID)
  id!: string;

  @Field(() => [String])
  words!: string[];
}

@InputType()
export class SearchSynonymSaveInput {
  @Field(() => ID, { nullable: true, description: 'Of those to write anew; a new entry when left out.' })
  id?: string | null;

  @Field(() => [String], { description: '2 to 20, e.g. ["sofa", "couch", "settee"]; none takes the entry away.' })
  words!: string[];
}

export enum SearchSynonymErrorCode {
  WORDS_INVALID = 'WORDS_INVALID',
  TOO_MANY = 'TOO_MANY',
  SYNONYM_NOT_FOUND = 'SYNONYM_NOT_FOUND',
}
registerEnumType(SearchSynonymErrorCode, { name: 'SearchSynonymErrorCode' });

@ObjectType({ implements: UserError, simpleResolvers: true })
export class SearchSynonymError extends UserError {
  @Field(() => SearchSynonymErrorCode)
  code!: SearchSynonymErrorCode;
}

@ObjectType({ simpleResolvers: true })
export class SearchSynonymPayload {
  @Field(() => SearchSynonym, { nullable: true })
  synonym?: SearchSynonym | null;

  @Field(() => [SearchSynonymError])
  userErrors!: SearchSynonymError[];
}

/** Every search reads them. */
const MOST = 1_000;
const MOST_WORDS = 20;
const MOST_CHARACTERS = 60;

@Resolver()
export class SynonymResolver {
  @RequiresScopes('catalog:write')
  @Query(() => [SearchSynonym], { nullable: true, description: 'catalog:write' })
  searchSynonyms(): Promise<SearchSynonym[]> {
    return database.prisma.searchSynonym.findMany({ orderBy: { id: 'asc' }, take: MOST });
  }

  @RequiresScopes('catalog:write')
  @Mutation(() => SearchSynonymPayload, { description: 'catalog:write' })
  searchSynonymSave(@Arg('input', () => SearchSynonymSaveInput) input: SearchSynonymSaveInput) {
    return payload(() => saveSynonym(input));
  }
}

export async function saveSynonym({ id, words }: SearchSynonymSaveInput): Promise<{ synonym: SearchSynonym | null }> {
  const written = [...new Set(words.map((word) => word.trim().toLowerCase()))];
  const isUsable = written.every(
    (word) => word.length <= MOST_CHARACTERS && wordsOf(word).length > 0 && !word.includes('\0'),
  );
  if (!isUsable || written.length === 1 || written.length > MOST_WORDS || (written.length === 0 && id == null)) {
    throw new Refusal(
      SearchSynonymErrorCode.WORDS_INVALID,
      `Name 2 to ${MOST_WORDS} different words or phrases of at most ${MOST_CHARACTERS} characters.`,
      { path: ['input', 'words'] },
    );
  }
  const synonym = written.length === 0 ? null : { id: id ?? newId('syn'), words: written };
  if (id == null) await add(synonym!);
  else await write(id, synonym);
  await searchProvider().synonymsChanged();
  await announceChange('Product');
  return { synonym };
}

async function add(data: SearchSynonym): Promise<void> {
  if ((await database.prisma.searchSynonym.count()) >= MOST)
    throw new Refusal(SearchSynonymErrorCode.TOO_MANY, `There are ${MOST} entries already: take one away first.`);
  await database.prisma.searchSynonym.create({ data });
}

async function write(id: string, data: SearchSynonym | null): Promise<void> {
  const where = { id: id.replaceAll('\0', '') };
  const { count } = data
    ? await database.prisma.searchSynonym.updateMany({ where, data: { words: data.words } })
    : await database.prisma.searchSynonym.deleteMany({ where });
  if (count === 0)
    throw new Refusal(SearchSynonymErrorCode.SYNONYM_NOT_FOUND, 'There is no such entry.', { path: ['input', 'id'] });
}

/** First ones for a shop that has none. */
export const seedSynonyms = database.statement(
  'catalog.search.seed-synonyms',
  `INSERT INTO search_synonym (id, words)
   SELECT 'syn_' || n, string_to_array(words, ',') FROM unnest($1::text[]) WITH ORDINALITY AS t(words, n)
   WHERE NOT EXISTS (SELECT FROM search_synonym) ON CONFLICT DO NOTHING`,
);
