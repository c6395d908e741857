import type { DescribedCode } from '../describe-codes.ts';
import { type FoundFacet, type FoundValue, MOST_VALUES } from '../search-provider.ts';
import type { SearchAnswer } from './client.ts';

type Describe = (codes: number[]) => Promise<DescribedCode[]>;

/** Each facet from the answer without its own filter, where it has one, else from the whole. */
export async function facetsFrom(
  whole: SearchAnswer,
  byFilter: ReadonlyMap<string, SearchAnswer>,
  describe: Describe,
): Promise<FoundFacet[]> {
  const countsOf = (answer: SearchAnswer | undefined) => answer?.facetDistribution?.facets ?? {};
  const codes = new Set([whole, ...byFilter.values()].flatMap((answer) => Object.keys(countsOf(answer)).map(Number)));
  const facets = new Map<string, FoundValue[]>();
  for (const { code, by, ...named } of codes.size > 0 ? await describe([...codes]) : []) {
    const count = countsOf(byFilter.get(by) ?? whole)[code] ?? 0;
    if (count === 0) continue;
    const list = facets.get(by) ?? [];
    facets.set(by, list);
    list.push({ ...named, count });
  }
  const range = (byFilter.get('price') ?? whole).facetStats?.price ?? null;
  return [
    { by: 'price', values: [], range },
    ...[...facets].map(([by, values]) => ({
      by,
      values: values.toSorted((a, b) => b.count - a.count).slice(0, MOST_VALUES),
    })),
  ];
}
