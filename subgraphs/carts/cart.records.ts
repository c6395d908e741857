import { randomBytes } from 'node:crypto';
import type { Viewer } from '#platform/auth/viewer.ts';
import { Denied } from '#platform/errors/denied.ts';
import { Refusal } from '#platform/errors/refusal.ts';
import type { CartSnapshot } from './contracts/checkout.ts';
import { database } from './database.ts';
import type { CartLineRecord } from './rules/cart-lines.ts';
import type { Address } from './rules/contact.ts';

export interface CartRecord {
  id: string;
  version: number;
  status: 'OPEN' | 'FROZEN' | 'CLOSED' | 'CLAIMED';
  customer_id: string | null;
  order_id: string | null;
  /** The order that last gave it up. */
  gave_up_order_id: string | null;
  currency: string;
  email: string | null;
  note: string | null;
  lines: CartLineRecord[];
  delivery_address: Required<Address> | null;
  billing_address: Required<Address> | null;
  delivery_option_id: string | null;
  /** In capitals. */
  discount_codes: string[];
  snapshot: CartSnapshot | null;
  added_keys: string[];
  expires_at: Date;
  expired: boolean;
}

/** What a change may set. */
export type CartChange = Partial<
  Pick<
    CartRecord,
    | 'currency'
    | 'email'
    | 'note'
    | 'lines'
    | 'delivery_address'
    | 'billing_address'
    | 'delivery_option_id'
    | 'discount_codes'
    | 'added_keys'
  >
>;

// By name, not `*`: a prepared statement outlives a migration that adds a column.
export const COLUMNS =
  'id, version, status, customer_id, order_id, gave_up_order_id, currency, email, note, lines, delivery_address, billing_address, delivery_option_id, discount_codes, snapshot, added_keys, expires_at, expires_at <= now() AS expired'
    .split(', ')
    .map((column) => `cart.${column}`)
    .join(', ');

const byId = database.statement<CartRecord>('carts.by-id', `SELECT ${COLUMNS} FROM cart WHERE id = $1`);
const ofCustomer = database.statement<CartRecord>(
  'carts.of-customer',
  `SELECT ${COLUMNS} FROM cart WHERE customer_id = $1 AND status IN ('OPEN', 'FROZEN') AND expires_at > now()`,
);

/** A cart that this viewer may see: a guest's by its id alone, a customer's by its customer. */
export async function visibleCart(viewer: Viewer | null, id: string): Promise<CartRecord | null> {
  const cart = await cartById(id);
  return cart && maySee(viewer, cart) ? cart : null;
}

export const maySee = (viewer: Viewer | null, { status, customer_id }: CartRecord): boolean =>
  status !== 'CLAIMED' && (customer_id === null || customer_id === viewer?.customerId);

/** Whoever asks: for the checkout, which holds the cart. */
export async function cartById(id: string): Promise<CartRecord | null> {
  return isCartId(id) ? ((await byId(id))[0] ?? null) : null;
}

export async function cartOfCustomer(customerId: string): Promise<CartRecord | null> {
  return (await ofCustomer(customerId))[0] ?? null;
}

export const notFound = () =>
  new Refusal('CART_NOT_FOUND', 'There is no such cart. Make a new one with cartCreate.', {
    path: ['input', 'cartId'],
  });
export const closed = ({ status }: Pick<CartRecord, 'status'>) =>
  new Refusal(
    'CART_CLOSED',
    status === 'FROZEN'
      ? 'An order is being made of this cart. Wait until it is placed; where it is not, the cart opens again.'
      : 'This cart takes no more changes. Make a new one with cartCreate.',
    { path: ['input', 'cartId'] },
  );

const TRIES = 60;

/**
 * Changes a cart: lets `decide` say what becomes of it, and writes that only onto the version it was decided on, if the
 * cart is still open then. Where another change came first it decides again on what is there now; with
 * `expectedVersion` it refuses instead. `there` is the cart as the caller has just read it.
 */
export async function changeCart(
  viewer: Viewer | null,
  there: CartRecord,
  expectedVersion: number | null | undefined,
  decide: (cart: CartRecord) => CartChange | null,
): Promise<CartRecord> {
  let cart = there;
  for (let tries = 0; tries < TRIES; tries++) {
    if (cart.status !== 'OPEN' || cart.expired) throw closed(cart);
    checkVersion(cart, expectedVersion);
    const change = decide(cart);
    if (!change) return cart;
    const [written] = await write(cart.id, cart.version, JSON.stringify({ ...pick(cart), ...change }));
    if (written) return written;
    // Many at once on one cart: spread out, so that each gets its turn.
    await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(5 * tries, 50)));
    cart = await existing(viewer, there.id);
  }
  throw new Denied('OVERLOADED', 'Too many changes of this cart at once. Try again in a second.', {
    retryAfterSeconds: 1,
  });
}

/** A cart that the viewer may see, or CART_NOT_FOUND. */
export async function existing(viewer: Viewer | null, id: string): Promise<CartRecord> {
  const cart = await visibleCart(viewer, id);
  if (!cart) throw notFound();
  return cart;
}

/** Refuses a change that was decided on an older cart. */
export function checkVersion(cart: CartRecord, expected: number | null | undefined): void {
  if (expected != null && cart.version !== expected) throw changed(cart.version);
}

export const changed = (version: number) =>
  new Refusal('CART_CHANGED', `The cart has changed meanwhile; it is at version ${version} now. Read it again.`, {
    path: ['input', 'expectedVersion'],
  });

const pick = ({
  currency,
  email,
  note,
  lines,
  delivery_address,
  billing_address,
  delivery_option_id,
  discount_codes,
  added_keys,
}: CartRecord) => ({
  currency,
  email,
  note,
  lines,
  delivery_address,
  billing_address,
  delivery_option_id,
  discount_codes,
  added_keys,
});

/** A cart lives for so long after its last change. */
export const LIFE = "interval '30 days'";

const write = database.groupedStatement<CartRecord>(
  'carts.write',
  `UPDATE cart SET version = cart.version + 1, updated_at = now(), expires_at = now() + ${LIFE}, currency = r.currency, email = r.email, note = r.note, lines = r.lines,
     delivery_address = r.delivery_address, billing_address = r.billing_address, delivery_option_id = r.delivery_option_id,
     discount_codes = r.discount_codes, added_keys = r.added_keys
   FROM jsonb_populate_record(NULL::cart, $3::jsonb) AS r
   WHERE cart.id = $1 AND cart.version = $2 AND cart.status = 'OPEN' AND cart.expires_at > now()
   RETURNING ${COLUMNS}`,
);

const insert = database.groupedStatement<CartRecord>(
  'carts.insert',
  `INSERT INTO cart (id, customer_id, currency, email, lines, added_keys, expires_at) VALUES ($1, $2, $3, $4, $5, '{}', now() + ${LIFE})
   ON CONFLICT DO NOTHING RETURNING ${COLUMNS}`,
);

/** Null when the customer has a cart already. */
export async function insertCart(
  customerId: string | null,
  currency: string,
  email: string | null,
  lines: CartLineRecord[],
): Promise<CartRecord | null> {
  return (await insert(newCartId(), customerId, currency, email, JSON.stringify(lines)))[0] ?? null;
}

/** Ends a customer's cart that has expired: it would stand in the way of the next. */
export const RETIRE = `UPDATE cart SET status = 'CLOSED', updated_at = now() WHERE customer_id = $1 AND status = 'OPEN' AND expires_at <= now()`;
export const retireExpired = database.statement('carts.retire-expired', RETIRE);

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 160 random bits: 32 characters of 5 bits each. */
export const newCartId = (): string => `cart_${Array.from(randomBytes(32), (byte) => CROCKFORD[byte & 31]).join('')}`;
/** What is none never reaches the database. */
export const isCartId = (id: string): boolean => /^cart_[0-9A-HJKMNP-TV-Z]{32}$/.test(id);
