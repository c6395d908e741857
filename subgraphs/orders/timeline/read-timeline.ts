import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Context } from '#platform/graphql/context.ts';
import type { JournalEntry, SagaState, StoredRefusal } from '#platform/saga/saga-store.ts';
import { database } from '../database.ts';
import { Order } from '../order.type.ts';
import { TimelineEntry } from './timeline.type.ts';

@Resolver(() => Order)
export class ReadTimeline {
  @FieldResolver(() => [TimelineEntry], {
    nullable: true,
    description:
      'What happened and who did it, the work behind the scenes included, oldest first; null for all but staff (orders:read).',
  })
  timeline(@Root() order: Order, @Ctx() context: Context): Promise<TimelineEntry[] | null> {
    return context.has('orders:read') ? readTimeline(order.id) : Promise.resolve(null);
  }
}

const MOST = 500;

/** The latest of it, at most 500 entries. Sagas that ended long ago were swept; the history stays. */
export async function readTimeline(orderId: string): Promise<TimelineEntry[]> {
  const [[events], sagas, [changes]] = await Promise.all([eventsOf(orderId), sagasOf(orderId), changesOf(orderId)]);
  const entries = [
    ...(events?.all ?? []).map(entryOfEvent),
    ...sagas.flatMap(entriesOfSaga),
    ...(changes?.edits ?? []).map(entryOfEdit),
    ...(changes?.refunds ?? []).map(entryOfRefund),
  ];
  return entries.sort((a, b) => a.at.getTime() - b.at.getTime()).slice(-MOST);
}

interface EventRow {
  type: string;
  message: string;
  actor: string | null;
  at: string;
}

const entryOfEvent = ({ type, message, actor, at }: EventRow): TimelineEntry => ({
  at: new Date(at),
  who: actor ? `staff ${actor}` : announcerOf(type),
  what: type,
  detail: message,
});

/** Who tells orders of it. */
function announcerOf(type: string): string {
  if (type.startsWith('payment.')) return 'payments';
  return BY_SHIPPING.has(type) ? 'shipping' : 'orders';
}
const BY_SHIPPING: ReadonlySet<string> = new Set(
  ['preparing', 'partially-shipped', 'shipped', 'out-for-delivery', 'delivered'].map((status) => `order.${status}`),
);

interface SagaRow {
  name: string;
  state: SagaState;
  step: string;
  begun_by: string | null;
  is_staff: boolean;
  fault: string | null;
  refusal: StoredRefusal | null;
  journal: JournalEntry[];
  created_at: Date;
  updated_at: Date;
  attempts: number;
}

function entriesOfSaga(saga: SagaRow): TimelineEntry[] {
  const { name, state, step, journal } = saga;
  const who = saga.begun_by
    ? `${saga.is_staff ? 'staff' : 'customer'} ${saga.begun_by}`
    : name === 'checkout'
      ? 'guest'
      : 'orders';
  const entries: TimelineEntry[] = [
    { at: saga.created_at, who, what: `${name} begun`, detail: null },
    ...journal.map(([at, what, ms, by]) => ({
      at: new Date(ms),
      who: by ?? `the ${name}`,
      what: `${name}.${at} ${what}`,
      detail: null,
    })),
  ];
  const detail =
    state === 'REFUSED' || state === 'COMPENSATING'
      ? `${saga.refusal?.code}: ${saga.refusal?.message}`
      : state === 'DONE'
        ? null
        : saga.fault;
  entries.push({
    at: saga.updated_at,
    who: `the ${name}`,
    what: `${name} ${STATES[state]}${state === 'DONE' || state === 'REFUSED' ? '' : ` at ${step}`}`,
    detail,
  });
  return entries;
}

const STATES: Readonly<Record<SagaState, string>> = {
  RUNNING: 'under way',
  COMPENSATING: 'being undone',
  WAITING: 'waiting for the shopper',
  PARKED: 'parked',
  DONE: 'finished',
  REFUSED: 'undone',
};

interface EditRow {
  id: string;
  actor: string;
  reason: string;
  state: string;
  at: string;
}

const entryOfEdit = ({ id, actor, reason, state, at }: EditRow): TimelineEntry => ({
  at: new Date(at),
  who: `staff ${actor}`,
  what: `edit ${id}`,
  detail: `${state.toLowerCase()}: ${reason}`,
});

interface RefundRow {
  id: string;
  reason: string | null;
  status: string;
  at: string;
}

const entryOfRefund = ({ id, reason, status, at }: RefundRow): TimelineEntry => ({
  at: new Date(at),
  who: 'payments',
  what: `refund ${id}`,
  detail: [status.toLowerCase(), reason].filter(Boolean).join(': '),
});

const eventsOf = database.statement<{ all: EventRow[] | null }>(
  'orders.timeline-events',
  `SELECT jsonb_agg(jsonb_build_object('type', type, 'message', message, 'actor', actor, 'at', at) ORDER BY seq) AS all
   FROM (SELECT * FROM order_event WHERE order_id = $1 ORDER BY seq DESC LIMIT ${MOST}) e`,
);

// Only who began it: the rest of what it was begun with is nobody's business, a payment's token least of all.
const sagasOf = database.statement<SagaRow>(
  'orders.timeline-sagas',
  `SELECT name, state, step, fault, refusal, journal, created_at, updated_at, attempts, input -> 'viewer' ->> 'customerId' AS begun_by,
     coalesce(jsonb_array_length(input -> 'viewer' -> 'scopes') > 0, false) AS is_staff
   FROM saga WHERE id = $1 OR id IN (SELECT id FROM order_edit WHERE order_id = $1 UNION ALL SELECT id FROM refund WHERE order_id = $1)
   ORDER BY created_at LIMIT 100`,
);

const changesOf = database.statement<{ edits: EditRow[] | null; refunds: RefundRow[] | null }>(
  'orders.timeline-changes',
  `SELECT (SELECT jsonb_agg(jsonb_build_object('id', id, 'actor', actor, 'reason', reason, 'state', state, 'at', created_at) ORDER BY created_at)
       FROM (SELECT * FROM order_edit WHERE order_id = $1 ORDER BY created_at DESC LIMIT 100) e) AS edits,
     (SELECT jsonb_agg(jsonb_build_object('id', id, 'reason', reason, 'status', status, 'at', created_at) ORDER BY created_at)
       FROM (SELECT * FROM refund WHERE order_id = $1 ORDER BY created_at DESC LIMIT 100) r) AS refunds`,
);
