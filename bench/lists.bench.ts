import { cpuMs } from './cpu.ts';
import { closedLoop, leanClient, percentile } from './load.ts';
import { row } from './report.ts';
import type { BenchShop } from './shop.ts';
import { openStatementCount } from './statements.ts';

const LIST = `query($after: String) { products(first: 20, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes {
  id handle title brand images { url(width: 320) alt } priceRange { min { amount currency } max { amount currency } }
  variants(first: 20) { nodes { id sku title price { amount currency } availability { inStock quantity lowStock } } } } } }`;

/** Twenty products with their variants, prices and stock, nothing cached. */
export async function benchLists(shop: BenchShop, seconds: number): Promise<void> {
  const program = await shop.start({ ROLE: 'api' });
  const client = leanClient(program.routerUrl, 16);
  const statements = await openStatementCount(shop.postgresUrl);
  try {
    const pages = await cursors(client);
    const list = async (c: number, round: number): Promise<undefined> => {
      await client.ask(LIST, { after: pages[(c + round) % pages.length] });
    };
    await closedLoop(16, 3, list);

    await statements.reset();
    const counted = 40;
    for (let i = 0; i < counted; i++) await client.ask(LIST, { after: pages[i % pages.length] });
    const calls = await statements.byDatabase();

    const pid = program.process('all').child.pid!;
    const before = { node: cpuMs(pid), postgres: cpuMs(shop.postgresPid) };
    const result = await closedLoop(16, seconds, list);
    row('product lists, 20 with variants, prices, stock', {
      'a second': result.done / result.seconds,
      'p50 ms': percentile(result.latencies, 0.5),
      'p95 ms': percentile(result.latencies, 0.95),
      failed: result.failed,
      'CPU ms each, Node': (cpuMs(pid) - before.node) / result.done,
      'CPU ms each, Postgres': (cpuMs(shop.postgresPid) - before.postgres) / result.done,
      'SQL each': calls.reduce((sum, each) => sum + each.calls, 0) / counted,
    });
    row('  statements by database', Object.fromEntries(calls.map(({ database, calls: n }) => [database, n / counted])));
  } finally {
    await statements.close();
    await client.close();
    await program.stop();
  }
}

async function cursors(client: ReturnType<typeof leanClient>): Promise<(string | null)[]> {
  const found: (string | null)[] = [null];
  for (let after: string | null = null; ; ) {
    const { products }: { products: { pageInfo: { hasNextPage: boolean; endCursor: string } } } = await client.ask(
      LIST,
      { after },
    );
    if (!products.pageInfo.hasNextPage || found.length >= 4) return found;
    after = products.pageInfo.endCursor;
    found.push(after);
  }
}
