import { database } from '../database.ts';
import { readQuery, wordsOf } from '../rules/search-words.ts';
import { type FoundWord, tsqueryOf } from './tsquery.ts';

/** What was typed, as Postgres looks for it; null when nothing can be found. */
export interface ReadWords {
  readonly tsquery: string;
  /** The words as they are looked for, the mistyped ones mended. */
  readonly words: readonly string[];
}

/** Looks the words up among those of the goods: what none of them has is mended, synonyms are added. */
export async function readWords(typed: string): Promise<ReadWords | null> {
  const words = wordsOf(readQuery(typed) ?? '');
  if (words.length === 0) return null;
  return tsqueryOf(await look(words, MOST_MENDED));
}

/** How many words that are equally near one that nobody has are tried in its place. */
const MOST_MENDED = 3;

/** The letters of a word in their order: those of a word with two letters swapped are the same. */
const sorted = (word: string): string =>
  `(SELECT string_agg(c, '' ORDER BY c) FROM regexp_split_to_table(${word}, '') c)`;

/**
 * A word is known as it is, by its stem, or, the last one, by its beginning. For others the nearest are taken: one edit
 * away up to five letters and two beyond, a swap of neighbors counted as one. The last word may be unfinished, so
 * that it is compared with the beginnings of words too.
 */
const look = database.statement<FoundWord>(
  'catalog.search.look',
  `WITH typed AS MATERIALIZED (
     SELECT n::int, word, tsvector_to_array(to_tsvector('english', word)) AS stems, n = cardinality($1::text[]) AS last,
       CASE WHEN length(word) < 3 OR word ~ '[0-9]' THEN 0 WHEN length(word) < 6 THEN 1 ELSE 2 END AS reach
     FROM (SELECT n, lower(unaccent(word)) AS word FROM unnest($1::text[]) WITH ORDINALITY AS t(word, n)) t),
   known AS MATERIALIZED (
     SELECT typed.*, word ~ '[0-9]' OR EXISTS (SELECT FROM search_word w WHERE w.word = typed.word)
       OR EXISTS (SELECT FROM search_word w WHERE w.stem = ANY(typed.stems))
       OR last AND EXISTS (SELECT FROM search_word w WHERE w.word COLLATE "C" >= typed.word AND w.word COLLATE "C" < typed.word || '\u{10FFFF}') AS known
     FROM typed)
   SELECT known.n, known.word, known.stems, known.last, known.known, coalesce(near.words, '{}') AS near, coalesce(near.stems, '{}') AS near_stems,
     ARRAY(SELECT plainto_tsquery('english', unaccent(other))::text FROM search_synonym s CROSS JOIN unnest(s.words) AS other
       WHERE EXISTS (SELECT FROM unnest(s.words) AS own
         WHERE lower(unaccent(own)) = known.word OR tsvector_to_array(to_tsvector('english', own)) = known.stems)) AS synonyms
   FROM known LEFT JOIN LATERAL (
     SELECT array_agg(word ORDER BY distance, documents DESC, word) AS words, array_agg(stem) AS stems FROM (
       SELECT w.word, w.stem, w.documents, distance FROM search_word w CROSS JOIN LATERAL (
         SELECT least(
           levenshtein_less_equal(known.word, w.word, known.reach),
           CASE WHEN known.last THEN levenshtein_less_equal(known.word, left(w.word, length(known.word)), known.reach) + 0.5 END,
           CASE WHEN length(w.word) = length(known.word) AND levenshtein_less_equal(known.word, w.word, 2) = 2
             AND ${sorted('w.word')} = ${sorted('known.word')} THEN 1 END) AS distance) measured
       WHERE length(w.word) >= length(known.word) - known.reach
         AND (known.last OR length(w.word) <= length(known.word) + known.reach) AND distance <= known.reach + 0.5
       ORDER BY distance, documents DESC, w.word LIMIT $2::int) nearest) near ON NOT known.known AND known.reach > 0
   ORDER BY known.n`,
);
