import { database } from '#subgraphs/catalog/database.ts';
import { indexAllProducts } from '#subgraphs/catalog/search/index-products.ts';
import type { ProgramDatabases } from '#tests/program/databases.ts';
import { goodsSql, LOOKS, THINGS } from './catalog-goods.ts';
import { cpuMs } from './cpu.ts';
import { closedLoop, type LeanClient, leanClient, percentile } from './load.ts';
import { row } from './report.ts';
import type { BenchShop } from './shop.ts';

const PRODUCTS = 100_000;

const CARDS = `nodes { id handle title brand priceRange { min { amount currency } max { amount currency } } rating { average count }
  variants(first: 20) { nodes { id price { amount currency } availability { inStock quantity lowStock } } } }`;

const SEARCH = `query($query: String, $category: String, $filters: [ProductFilter!], $sort: ProductSort) {
  products(query: $query, category: $category, filters: $filters, sort: $sort, first: 24) {
    totalCount facets { by label kind min max values { value label count selected } } ${CARDS} } }`;

const LIST = `query($first: Int, $after: String) {
  products(first: $first, after: $after) { pageInfo { endCursor } ${CARDS} } }`;

const CURSOR =
  'query($first: Int, $after: String) { products(first: $first, after: $after) { pageInfo { endCursor } } }';

const SUGGEST = `query($query: String!) { searchSuggestions(query: $query) {
  queries categories { handle title } products { handle title priceRange { min { amount currency } } } } }`;

/** A catalog of 100,000 products: what its searches, typeahead and pages take, one shopper after the other, nothing cached. */
export async function benchCatalog(shop: BenchShop, seconds: number): Promise<void> {
  await fill(shop.databases);
  const program = await shop.start({ ROLE: 'api', CACHE_MIB: '0' });
  const client = leanClient(program.routerUrl, 4);
  const { some, often } = dice();
  const word = () => often(THINGS);
  const kinds: Readonly<Record<string, () => [string, object]>> = {
    'search with facets, a word': () => [SEARCH, { query: word() }],
    'search with facets, two words': () => [SEARCH, { query: `${often(LOOKS)} ${word()}` }],
    'search with facets, a word mistyped': () => [SEARCH, { query: swapped(word(), some) }],
    'search with facets, filtered by color and price': () => [
      SEARCH,
      {
        query: word(),
        filters: [
          { by: 'Color', values: ['Indigo', 'Moss'] },
          { by: 'price', min: '10', max: '200' },
        ],
      },
    ],
    'category with facets, best-selling first': () => [
      SEARCH,
      { category: `bench-${1 + some(12)}`, sort: 'BEST_SELLING' },
    ],
    typeahead: () => {
      const typed = some(2) ? word() : `${often(LOOKS)} ${word()}`;
      return [SUGGEST, { query: typed.slice(0, 1 + some(typed.length)) }];
    },
  };
  const pid = program.process('all').child.pid!;
  const measure = async (name: string, make: () => readonly [string, object]): Promise<readonly number[]> => {
    const before = { node: cpuMs(pid), postgres: cpuMs(shop.postgresPid) };
    const { latencies, done, failed } = await closedLoop(1, seconds, () => ask(client, make()));
    row(name, {
      ...{ 'p50 ms': percentile(latencies, 0.5), 'p95 ms': percentile(latencies, 0.95), done, failed },
      'CPU ms each, Node': (cpuMs(pid) - before.node) / done,
      'CPU ms each, Postgres': (cpuMs(shop.postgresPid) - before.postgres) / done,
    });
    return latencies;
  };
  try {
    for (const make of Object.values(kinds)) await closedLoop(1, 2, () => ask(client, make()));
    const searches: number[] = [];
    for (const [name, make] of Object.entries(kinds)) {
      const latencies = await measure(name, make);
      if (name.startsWith('search')) searches.push(...latencies);
    }
    searches.sort((a, b) => a - b);
    row('all searches with facets', { 'p50 ms': percentile(searches, 0.5), 'p95 ms': percentile(searches, 0.95) });
    const after = await cursorOf(client, 499 * 20);
    await measure('list of all, newest first, page 1', () => [LIST, { first: 20 }]);
    await measure('list of all, newest first, page 500', () => [LIST, { first: 20, after }]);
  } finally {
    await client.close();
    await program.stop();
  }
}

async function fill(databases: ProgramDatabases): Promise<void> {
  const since = performance.now();
  await databases.query('catalog', goodsSql(PRODUCTS));
  await databases.query(
    'inventory',
    `INSERT INTO stock (variant_id, location_id, on_hand) SELECT 'var_bench_' || lpad(n::text, 7, '0') || '_' || m, 'main', n % 30
     FROM generate_series(1, ${PRODUCTS}) n, generate_series(1, 2) m`,
  );
  const made = performance.now();
  await database.open(databases.url('catalog'));
  try {
    const products = await indexAllProducts();
    row(`${products} products`, {
      'seconds to make': (made - since) / 1_000,
      'seconds to index': (performance.now() - made) / 1_000,
    });
    await database.prisma.$executeRawUnsafe('VACUUM ANALYZE');
  } finally {
    await database.close();
  }
}

const ask = async (client: LeanClient, [query, variables]: readonly [string, object]): Promise<undefined> => {
  await client.ask(query, variables);
};

/** The cursor behind so many products. */
async function cursorOf(client: LeanClient, products: number): Promise<string> {
  let after: string | null = null;
  for (let left = products; left > 0; left -= 100) {
    const page: { products: { pageInfo: { endCursor: string } } } = await client.ask(CURSOR, {
      first: Math.min(100, left),
      after,
    });
    after = page.products.pageInfo.endCursor;
  }
  return after ?? '';
}

/** The same throws in every run. */
function dice() {
  let seed = 7;
  const next = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed / 2_147_483_648;
  };
  return {
    /** A number below `of`. */
    some: (of: number) => Math.floor(next() * of),
    /** The first ones most often, as goods are. */
    often: (list: readonly string[]) => list[Math.floor(next() ** 1.7 * list.length)]!,
  };
}

/** With two neighbors swapped. */
function swapped(word: string, some: (of: number) => number): string {
  const at = 1 + some(word.length - 2);
  return `${word.slice(0, at)}${word[at + 1]}${word[at]}${word.slice(at + 2)}`;
}
