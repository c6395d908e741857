import { GraphQLError } from 'graphql';
import { type AskedText, clientNameOf, type PersistedOperations } from './persisted-operations.ts';

/** What Apollo Server reads of a request. */
export interface HttpOperation {
  /** With its question mark, or empty. */
  readonly search: string;
  readonly body: unknown;
}

type Headers = Readonly<Record<string, unknown>>;

/** The same request with the text in place of its hash; an error where there is none that may be asked. */
export async function withText(
  { search, body }: HttpOperation,
  headers: Headers,
  persisted: PersistedOperations,
): Promise<HttpOperation | GraphQLError> {
  const client = clientNameOf(headers);
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) {
    const text = await persisted.textOf(body as AskedText, client);
    return text instanceof GraphQLError ? text : { search, body: { ...body, ...asText(body, text) } };
  }
  if (body !== undefined || search === '') return { search, body };
  const asked = new URLSearchParams(search);
  const extensions = parsed(asked.get('extensions'));
  const text = await persisted.textOf({ query: asked.get('query') ?? undefined, extensions }, client);
  if (text instanceof GraphQLError) return text;
  const { query, extensions: others } = asText({ extensions }, text);
  if (query === undefined) return { search, body };
  asked.set('query', query);
  if (others) asked.set('extensions', JSON.stringify(others));
  return { search: `?${asked}`, body };
}

/** `query` and `extensions` of a request that names its text; empty where it asks for none. */
export function asText({ extensions }: AskedText, query: string | undefined) {
  if (query === undefined) return {};
  if (typeof extensions !== 'object' || extensions === null) return { query };
  // Apollo Server would look for the hash itself.
  const { persistedQuery: _, ...others } = extensions as Record<string, unknown>;
  return { query, extensions: others };
}

/** What is no JSON is left to Apollo Server to refuse. */
function parsed(extensions: string | null): unknown {
  try {
    return extensions === null ? undefined : JSON.parse(extensions);
  } catch {
    return undefined;
  }
}
