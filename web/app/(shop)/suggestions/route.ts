import { shownIn } from '#features/language/chosen-language.ts';
import { SuggestionsDocument } from '#generated/graphql.ts';
import { send } from '#graphql/send.ts';

/** What the search field suggests; a browser may keep it for a minute. */
export async function GET(request: Request): Promise<Response> {
  const query = new URL(request.url).searchParams.get('q')?.trim().slice(0, 200);
  if (!query) return Response.json(null, { status: 400 });
  try {
    const { searchSuggestions } = await send(SuggestionsDocument, { query, ...(await shownIn()) }, {});
    // Cookies say in which language and currency.
    const keep = { 'cache-control': 'private, max-age=60', vary: 'cookie' };
    const headers = searchSuggestions ? keep : { 'cache-control': 'no-store' };
    return Response.json(searchSuggestions ?? null, { headers });
  } catch {
    return Response.json(null, { status: 503, headers: { 'cache-control': 'no-store' } });
  }
}
