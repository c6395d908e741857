import { ConfigError } from '#platform/config/config-error.ts';
import { redisWanted, startTestRedis } from '#tests/test-redis.ts';
import { benchLists } from './lists.bench.ts';
import { benchOrders } from './orders.bench.ts';
import { type BenchShop, openBenchShop } from './shop.ts';

/** `npm run bench [lists|orders|catalog|router|cache|pictures|subscribers] [seconds]`: figures of this machine, now; compare within one run only. */
const [what = 'all', seconds = what === 'subscribers' ? '23600' : '20', ...rest] = process.argv.slice(2);
if (
  !['all', 'lists', 'orders', 'router', 'cache', 'pictures', 'subscribers', 'catalog'].includes(what) ||
  !(Number(seconds) > 0)
) {
  process.stderr.write('Usage: npm run bench [all|lists|orders|catalog] [seconds, e.g. 20]\n');
  process.stderr.write('       npm run bench router [seconds of each turn, e.g. 5] [part of a name] [first port]\n');
  process.stderr.write('       npm run bench cache [seconds of each turn] [first port]\n');
  process.stderr.write('       npm run bench pictures [seconds of each turn] [first port]\n');
  process.stderr.write('       npm run bench subscribers [first port]\n');
  process.exit(1);
}
if (what === 'cache') {
  await (await import('./cache.bench.ts')).benchCache(Number(seconds), Number(rest[0] ?? '23500'));
  process.exit(0);
}
if (what === 'pictures') {
  await (await import('./pictures.bench.ts')).benchPictures(Number(seconds), Number(rest[0] ?? '23700'));
  process.exit(0);
}
if (what === 'subscribers') {
  await (await import('./subscribers.bench.ts')).benchSubscribers(Number(seconds));
  process.exit(0);
}
if (what === 'router') {
  const [only = '', firstPort = '22100'] = rest;
  await (await import('./router.bench.ts')).benchRouter(Number(seconds), Number(firstPort), only);
  process.exit(0);
}
if (!(await import('node:fs')).existsSync('build/server/main.js')) {
  throw new ConfigError('There is no build: run npm run build first.');
}
process.stdout.write('Filling a shop of its own…\n');
if (what === 'catalog') {
  const { benchCatalog } = await import('./catalog.bench.ts');
  await withShop(undefined, (shop) => benchCatalog(shop, Number(seconds)));
  process.exit(0);
}
await withShop(undefined, async (shop) => {
  if (what !== 'orders') await benchLists(shop, Number(seconds));
  if (what !== 'lists') await benchOrders(shop, Number(seconds));
});
if (what !== 'lists') {
  if (redisWanted) {
    const redis = await startTestRedis();
    await withShop(redis.url, (shop) => benchOrders(shop, Number(seconds))).finally(() => redis.stop());
  } else process.stdout.write('Without redis-server the same with Redis is left out: apt-get install redis-server.\n');
}

async function withShop(redisUrl: string | undefined, bench: (shop: BenchShop) => Promise<void>): Promise<void> {
  const shop = await openBenchShop(redisUrl);
  await bench(shop).finally(() => shop.close());
}
