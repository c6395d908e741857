import { Arg, Query, Resolver } from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import { database } from './database.ts';

@Resolver()
export class PicturesInOrders {
  @Internal()
  @Query(() => [String], { description: 'Those of the keys that the line of an order shows. Reads all lines.' })
  async picturesInOrders(@Arg('keys', () => [String]) keys: string[]): Promise<string[]> {
    return (await shown(keys)).map(({ key }) => key);
  }
}

// Asked a few times a day at most: an index would cost every purchase something.
const shown = database.statement<{ key: string }>(
  'orders.pictures-in-orders',
  `SELECT DISTINCT key FROM (SELECT substring(image_url FROM '/files/([^?]+)') AS key FROM order_line) AS line
   WHERE key = ANY($1::text[])`,
);
