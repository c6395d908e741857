import type { PoolClient } from 'pg';
import { newId } from '#platform/database/id.ts';
import { outboxColumns } from '#platform/outbox/announce.ts';
import type { OrderPaid } from '#subgraphs/orders/contracts/orders.events.ts';
import type { Consignment } from '../carriers/carrier.ts';
import { type FulfillmentMove, fulfillmentsMoved } from '../contracts/fulfillments-moved.event.ts';
import { database } from '../database.ts';
import { type ParcelStatus, type ParcelStop, stopsBetween } from '../rules/parcel-way.ts';
import { type Awaited, awaitedByLine, type LineToSend, type ParcelLine } from '../rules/rest-of-order.ts';

/** A parcel as far as its moves need to know it. */
export interface Parcel {
  id: string;
  status: ParcelStatus;
  contents: ParcelLine[];
  units: number;
  carriedBy: string | null;
  carrierRef: string | null;
  /** The idempotency key of the fulfillmentCreate that made it. */
  requestKey: string | null;
}

/** What somebody said of a parcel; under the same key it is said once. */
export interface Said {
  key: string;
  status: ParcelStop;
  message: string;
  place?: string | null;
  latitude?: number | null;
  longitude?: number | null;
  at: Date;
}

interface Row {
  country: string;
  city: string;
  deliveryDays: number;
  paid: boolean;
  stopped: boolean;
  heldBy: string | null;
  resumed: string[];
  sequence: number;
  ordered: number;
  prepared: number;
  shipped: number;
  outForDelivery: number;
  delivered: number;
}

/** Which counter of the order a status counts in. */
const COUNTED = {
  PREPARING: 'prepared',
  SHIPPED: 'shipped',
  OUT_FOR_DELIVERY: 'outForDelivery',
  DELIVERED: 'delivered',
} as const satisfies Record<ParcelStop, keyof Row>;

/**
 * Changes what is sent of an order, under the lock of its row: all that happens to an order's parcels meets there, the
 * demo carrier's tick too. The announcement goes out with the change. Null when shipping has not heard of the order.
 */
export async function changeDispatch<Result>(
  orderId: string,
  change: (dispatch: Dispatch) => Promise<Result>,
): Promise<Result | null> {
  return database.transaction(async (client) => {
    const { rows } = await client.query<Row>(LOCK, [orderId]);
    if (!rows[0]) return null;
    const dispatch = new Dispatch(client, orderId, rows[0]);
    const result = await change(dispatch);
    await dispatch.save();
    return result;
  });
}

/** The same, also for an order that shipping has not heard of: it may be held or stopped before it is paid. */
export async function changeAnyDispatch<Result>(
  orderId: string,
  change: (dispatch: Dispatch) => Promise<Result>,
): Promise<Result> {
  await hearOf(orderId);
  return (await changeDispatch(orderId, change)) as Result;
}

const hearOf = database.statement(
  'shipping.hear-of',
  'INSERT INTO dispatch (order_id) VALUES ($1) ON CONFLICT (order_id) DO NOTHING',
);

const LOCK = `SELECT country, city, delivery_days AS "deliveryDays", paid_at IS NOT NULL AS paid, stopped_at IS NOT NULL AS stopped,
    held_by AS "heldBy", resumed, sequence, ordered, prepared, shipped, out_for_delivery AS "outForDelivery", delivered
  FROM dispatch WHERE order_id = $1 FOR UPDATE`;

/** What an order has to send, locked. */
export class Dispatch {
  readonly orderId: string;
  readonly row: Row;
  readonly #client: PoolClient;
  readonly #moves: FulfillmentMove[] = [];

  constructor(client: PoolClient, orderId: string, row: Row) {
    this.#client = client;
    this.orderId = orderId;
    this.row = row;
  }

  async lines(): Promise<LineToSend[]> {
    const { rows } = await this.#client.query<LineToSend>(
      `SELECT line_id AS "lineId", variant_id AS "variantId", ordered, fulfilled, awaited FROM dispatch_line
       WHERE order_id = $1 ORDER BY position`,
      [this.orderId],
    );
    return rows;
  }

  async parcels(): Promise<Parcel[]> {
    const { rows } = await this.#client.query<Parcel>(
      `SELECT id, status, contents, units, carried_by AS "carriedBy", carrier_ref AS "carrierRef", request_key AS "requestKey"
       FROM fulfillment WHERE order_id = $1 ORDER BY created_at, id`,
      [this.orderId],
    );
    return rows;
  }

  /** Replaces what was ordered; what parcels hold already stays ordered. */
  async setLines(lines: OrderPaid['lines']): Promise<void> {
    await this.#client.query(
      'UPDATE dispatch_line SET ordered = fulfilled, awaited = 0 WHERE order_id = $1 AND line_id <> ALL($2::text[])',
      [this.orderId, lines.map(({ lineId }) => lineId)],
    );
    await this.#client.query(
      `INSERT INTO dispatch_line (order_id, line_id, position, variant_id, title, sku, options, image_url, weight_grams, ordered)
       SELECT $1, l."lineId", n, l."variantId", l.title, l.sku, l.options, l."imageUrl", l."weightGrams", l.quantity
       FROM ROWS FROM (jsonb_to_recordset($2::jsonb) AS ("lineId" text, "variantId" text, title text, sku text, options jsonb,
         "imageUrl" text, "weightGrams" int, quantity int)) WITH ORDINALITY
         AS l("lineId", "variantId", title, sku, options, "imageUrl", "weightGrams", quantity, n)
       ON CONFLICT (order_id, line_id) DO UPDATE SET ordered = greatest(excluded.ordered, dispatch_line.fulfilled),
         awaited = least(dispatch_line.awaited, greatest(excluded.ordered - dispatch_line.fulfilled, 0)),
         position = excluded.position, title = excluded.title`,
      [this.orderId, JSON.stringify(lines)],
    );
    this.row.ordered = (await this.lines()).reduce((sum, line) => sum + line.ordered, 0);
  }

  /** Says what of the order is not there yet; nothing of it goes into a parcel by itself. */
  async wait(goods: readonly Awaited[]): Promise<void> {
    const byLine = awaitedByLine(await this.lines(), goods);
    await this.#client.query(
      `UPDATE dispatch_line l SET awaited = a.awaited FROM unnest($2::text[], $3::int[]) AS a(line_id, awaited)
       WHERE l.order_id = $1 AND l.line_id = a.line_id AND l.awaited <> a.awaited`,
      [this.orderId, [...byLine.keys()], [...byLine.values()]],
    );
  }

  /** Puts lines into a parcel; more of a line than is left fails the whole change. */
  async make(
    lines: readonly ParcelLine[],
    consignment: Consignment,
    requestKey: string | null = null,
  ): Promise<string> {
    const id = newId('ful');
    const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
    const contents = lines.map(({ lineId, variantId, quantity }) => ({ lineId, variantId, quantity }));
    const { rowCount } = await this.#client.query(
      `UPDATE dispatch_line l SET fulfilled = fulfilled + c.quantity, awaited = least(awaited, ordered - fulfilled - c.quantity)
       FROM jsonb_to_recordset($2::jsonb) AS c("lineId" text, quantity int)
       WHERE l.order_id = $1 AND l.line_id = c."lineId" AND fulfilled + c.quantity <= ordered`,
      [this.orderId, JSON.stringify(contents)],
    );
    if (rowCount !== lines.length) throw new Error(`More would be sent of ${this.orderId} than was ordered.`);
    const { carrier, carriedBy, trackingNumber, route, fetchedInMs, toBeTaken } = consignment;
    await this.#client.query(
      `INSERT INTO fulfillment (id, order_id, status, carrier, carried_by, tracking_number, contents, units, route, request_key,
         estimated_delivery, next_move_at, errand_at)
       VALUES ($1, $2, 'PREPARING', $3, $4, $5, $6, $7, $8, $9, now() + make_interval(days => $10),
         now() + make_interval(secs => $11::float8 / 1000), CASE WHEN $12 THEN now() END)`,
      [
        ...[id, this.orderId, carrier, carriedBy, trackingNumber, JSON.stringify(contents), units],
        ...[route && JSON.stringify(route), requestKey, this.row.deliveryDays, fetchedInMs, toBeTaken],
      ],
    );
    const at = new Date();
    await this.say(id, [{ ...PACKED, ...route?.PREPARING, key: 'PREPARING', status: 'PREPARING', at }]);
    const parcel: Parcel = { id, status: 'PREPARING', contents, units, carriedBy, carrierRef: null, requestKey };
    this.#moved(parcel, 'PREPARING', units, at);
    return id;
  }

  /** Moves a parcel forward through what lies between; tells whether that changed anything. */
  async advance(parcel: Parcel, to: ParcelStop, at: (stop: ParcelStop) => Date): Promise<boolean> {
    const stops = stopsBetween(parcel.status, to);
    if (stops.length === 0) return false;
    await this.#client.query(
      `UPDATE fulfillment SET status = $2, shipped_at = coalesce(shipped_at, $3), delivered_at = coalesce(delivered_at, $4),
         next_move_at = NULL, errand_at = CASE WHEN $2 <> 'DELIVERED' THEN errand_at END, updated_at = now() WHERE id = $1`,
      [parcel.id, to, at('SHIPPED'), to === 'DELIVERED' ? at('DELIVERED') : null],
    );
    parcel.status = to;
    for (const stop of stops) this.#moved(parcel, stop, parcel.units, at(stop));
    return true;
  }

  /** Takes a parcel apart that has not left: its lines are to be sent again. A carrier that knows it is told later. */
  async cancel(parcel: Parcel): Promise<void> {
    if (parcel.status !== 'PREPARING') throw new Error(`The parcel ${parcel.id} is ${parcel.status}.`);
    await this.#client.query(
      `UPDATE dispatch_line l SET fulfilled = fulfilled - c.quantity
       FROM jsonb_to_recordset($2::jsonb) AS c("lineId" text, quantity int) WHERE l.order_id = $1 AND l.line_id = c."lineId"`,
      [this.orderId, JSON.stringify(parcel.contents)],
    );
    // A carrier that is being asked at this moment is left to answer before it is told.
    await this.#client.query(
      `UPDATE fulfillment SET status = 'CANCELLED', next_move_at = NULL, errand_tries = 0, trouble = NULL, updated_at = now(),
         errand_at = CASE WHEN carrier_ref IS NULL THEN NULL WHEN tracking_number IS NULL THEN greatest(errand_at, now()) ELSE now() END
       WHERE id = $1`,
      [parcel.id],
    );
    parcel.status = 'CANCELLED';
    this.row.prepared -= parcel.units;
    this.#moved(parcel, 'CANCELLED', 0, new Date());
  }

  /** Writes down what was said of a parcel and was not heard before. */
  async say(fulfillmentId: string, news: readonly Said[]): Promise<void> {
    if (news.length === 0) return;
    await this.#client.query(
      `INSERT INTO tracking_event (fulfillment_id, key, status, message, place, latitude, longitude, at)
       SELECT $1, s.* FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::float8[], $7::float8[], $8::timestamptz[]) AS s
       ON CONFLICT (fulfillment_id, key) DO NOTHING`,
      [
        fulfillmentId,
        ...[news.map((said) => said.key), news.map((said) => said.status), news.map((said) => said.message)],
        ...[news.map((said) => said.place ?? null), news.map((said) => said.latitude ?? null)],
        ...[news.map((said) => said.longitude ?? null), news.map((said) => said.at)],
      ],
    );
  }

  /** Any further change in the same breath, e.g. of a parcel's tracking number. */
  async query(text: string, values: unknown[]): Promise<number> {
    return (await this.#client.query(text, values)).rowCount ?? 0;
  }

  async save(): Promise<void> {
    const { row } = this;
    await this.#client.query(
      `UPDATE dispatch SET sequence = $2, ordered = $3, prepared = $4, shipped = $5, out_for_delivery = $6, delivered = $7,
         paid_at = CASE WHEN $8 THEN coalesce(paid_at, now()) END, stopped_at = CASE WHEN $9 THEN coalesce(stopped_at, now()) END,
         held_by = $10, resumed = $11, country = $12, city = $13, delivery_days = $14, updated_at = now() WHERE order_id = $1`,
      [
        ...[this.orderId, row.sequence, row.ordered, row.prepared, row.shipped, row.outForDelivery, row.delivered],
        ...[row.paid, row.stopped, row.heldBy, row.resumed, row.country, row.city, row.deliveryDays],
      ],
    );
    if (this.#moves.length === 0) return;
    await this.#client.query(
      'INSERT INTO outbox (id, topic, consumer, payload) SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::jsonb[])',
      outboxColumns(fulfillmentsMoved({ moves: this.#moves })),
    );
  }

  #moved({ id: fulfillmentId, contents: lines }: Parcel, status: ParcelStatus, units: number, at: Date): void {
    const { row, orderId } = this;
    if (status !== 'CANCELLED') row[COUNTED[status]] += units;
    row.sequence += 1;
    const { sequence, ordered, prepared, shipped, outForDelivery, delivered } = row;
    const progress = { sequence, ordered, prepared, shipped, outForDelivery, delivered };
    this.#moves.push({ fulfillmentId, orderId, status, at: at.toISOString(), lines, progress });
  }
}

const PACKED = { message: 'Being packed' };
