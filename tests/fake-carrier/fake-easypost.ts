import { createHmac, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** How it fails a request: before it takes effect or after, with an answer of 500, by hanging up, or by being slow. */
export type Misdeed = 'error-before' | 'error-after' | 'drop-before' | 'drop-after' | 'slow';

export interface FakeShipment {
  id: string;
  reference: string;
  weight: number;
  to: Record<string, string | null>;
  bought: boolean;
  refund_status: string | null;
  tracking_code: string | null;
  status: string;
  details: TrackingDetail[];
}

interface TrackingDetail {
  object: 'TrackingDetail';
  status: string;
  message: string;
  datetime: string;
  tracking_location: { object: 'TrackingLocation'; city: string | null; state: null; country: string };
}

export const API_KEY = 'EZTK_fake';
export const WEBHOOK_SECRET = 'sécret';
const SLOW_MS = 1_200;

/**
 * EasyPost as far as a shop meets it, by its public documents: shipments found by id or reference, bought once
 * (`SHIPMENT.POSTAGE.EXISTS` after that), refunded, tracked, labelled, and webhooks signed in its way. It misbehaves as told.
 */
export async function startFakeEasyPost() {
  const shipments: FakeShipment[] = [];
  const requests: string[] = [];
  const misdeeds: { when: RegExp; deed: Misdeed }[] = [];

  const server = createServer(async (request, response) => {
    const line = `${request.method} ${request.url?.replace(/(shp|ful)_\w+/, ':id')}`;
    requests.push(line);
    const body = await bodyOf(request);
    const at = misdeeds.findIndex(({ when }) => when.test(line));
    const deed = at < 0 ? null : misdeeds.splice(at, 1)[0]?.deed;
    if (deed === 'drop-before') return void request.socket.destroy();
    if (deed === 'error-before') return answer(response, 500, error('INTERNAL_SERVER_ERROR', 'Something broke.'));
    if (deed === 'slow') await sleep(SLOW_MS);
    const [status, value] = take(request, body);
    if (deed === 'drop-after') return void request.socket.destroy();
    if (deed === 'error-after') return answer(response, 502, error('BAD_GATEWAY', 'Bad gateway.'));
    answer(response, status, value);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  function take(request: IncomingMessage, body: string): [status: number, value: object | Buffer] {
    const [path = ''] = (request.url ?? '').split('?');
    if (path.startsWith('/files/')) return [200, Buffer.from(`%PDF-1.4 label of ${path.slice(7)}`)];
    if (request.headers.authorization !== `Basic ${Buffer.from(`${API_KEY}:`).toString('base64')}`)
      return [401, error('APIKEY.INACTIVE', 'This api key is no longer active.')];
    if (request.method === 'POST' && path === '/v2/shipments') return [201, shown(create(JSON.parse(body).shipment))];
    const [, id, deed] = /^\/v2\/shipments\/(\w+)(?:\/(buy|refund|label))?$/.exec(path) ?? [];
    // The reference names the first that was created with it.
    const shipment = shipments.find((each) => each.id === id || each.reference === id);
    if (!shipment) return [404, error('NOT_FOUND', 'The requested resource could not be found.')];
    if (deed === 'buy') return buy(shipment, JSON.parse(body).rate?.id);
    if (deed === 'refund') return refund(shipment);
    return [200, shown(shipment)];
  }

  function create(given: { reference: string; parcel: { weight: number }; to_address: Record<string, string | null> }) {
    const shipment: FakeShipment = {
      ...{ id: `shp_${randomBytes(16).toString('hex')}`, reference: given.reference, weight: given.parcel.weight },
      ...{
        to: given.to_address,
        bought: false,
        refund_status: null,
        tracking_code: null,
        status: 'unknown',
        details: [],
      },
    };
    shipments.push(shipment);
    return shipment;
  }

  function buy(shipment: FakeShipment, rate: string | undefined): [number, object] {
    if (shipment.bought) return [422, error('SHIPMENT.POSTAGE.EXISTS', 'Postage already exists for this shipment.')];
    if (!rate?.startsWith('rate_')) return [422, error('SHIPMENT.POSTAGE.FAILURE', 'No such rate.')];
    shipment.bought = true;
    shipment.tracking_code = `9400${randomBytes(4).readUInt32BE()}`;
    return [200, shown(shipment)];
  }

  function refund(shipment: FakeShipment): [number, object] {
    if (!shipment.bought || shipment.refund_status)
      return [422, error('SHIPMENT.REFUND.UNAVAILABLE', 'Refund not available.')];
    shipment.refund_status = 'submitted';
    return [200, shown(shipment)];
  }

  const rate = (id: string, carrier: string, price: string, delivery_days: number | null) => ({
    ...{ id: `rate_${id}`, object: 'Rate', carrier, service: 'Standard', rate: price, currency: 'EUR', delivery_days },
  });

  const shown = (shipment: FakeShipment) => ({
    ...{ id: shipment.id, object: 'Shipment', reference: shipment.reference, refund_status: shipment.refund_status },
    tracking_code: shipment.tracking_code,
    postage_label: shipment.bought
      ? {
          object: 'PostageLabel',
          label_url: `${url}/files/${shipment.id}.png`,
          label_pdf_url: `${url}/files/${shipment.id}.pdf`,
        }
      : null,
    rates: [rate('slow', 'Snail', '1.10', 9), rate('dear', 'Jet', '19.00', 1), rate('good', 'DHLParcel', '4.30', 2)],
    selected_rate: shipment.bought ? rate('good', 'DHLParcel', '4.30', 2) : null,
    tracker: shipment.bought ? trackerOf(shipment) : null,
  });

  const trackerOf = (shipment: FakeShipment) => ({
    ...{ id: `trk_${shipment.id.slice(4)}`, object: 'Tracker', mode: 'test', tracking_code: shipment.tracking_code },
    ...{
      status: shipment.status,
      shipment_id: shipment.id,
      carrier: 'DHLParcel',
      est_delivery_date: '2031-05-04T00:00:00Z',
    },
    public_url: `https://track.easypost.com/${shipment.id}`,
    tracking_details: shipment.details,
  });

  return {
    url,
    shipments,
    /** What was asked of it, e.g. `POST /v2/shipments/:id/buy`. */
    requests,
    /** The next request that this fits fails so; several are used up in turn. */
    misbehave: (when: RegExp, ...deeds: Misdeed[]) => void misdeeds.push(...deeds.map((deed) => ({ when, deed }))),
    forgive: () => void misdeeds.splice(0),
    /** A scan; answers the webhook that tells of it, to be sent once, often, late or never. */
    scan(reference: string, status: string, datetime: string, city: string | null = null): SignedWebhook {
      const shipment = shipments.find((each) => each.reference === reference);
      if (!shipment) throw new Error(`No shipment of ${reference}.`);
      shipment.status = status;
      shipment.details.push({
        ...{ object: 'TrackingDetail', status, message: `Scanned: ${status}`, datetime },
        tracking_location: { object: 'TrackingLocation', city, state: null, country: 'DE' },
      });
      const created_at = new Date().toISOString();
      const event = { object: 'Event', created_at, description: 'tracker.updated', result: trackerOf(shipment) };
      return signWebhook(JSON.stringify({ id: `evt_${randomBytes(16).toString('hex')}`, ...event }));
    },
    close(): Promise<void> {
      server.closeAllConnections();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  };
}

export interface SignedWebhook {
  method: 'POST';
  headers: { name: string; value: string }[];
  /** Base64. */
  body: string;
}

/** As EasyPost signs, twice, or only the way of its client libraries; with whatever is to be wrong about it. */
export function signWebhook(
  body: string,
  { at = new Date(), secret = WEBHOOK_SECRET, sent = body, legacy = false } = {},
): SignedWebhook {
  const timestamp = at.toUTCString().replace('GMT', '-0000');
  const path = '/webhooks/carriers/easypost';
  const sign = (before: string) =>
    `hmac-sha256-hex=${createHmac('sha256', secret.normalize('NFKD')).update(`${before}${body}`).digest('hex')}`;
  const second = [
    { name: 'x-timestamp', value: timestamp },
    { name: 'x-path', value: path },
    { name: 'x-hmac-signature-v2', value: sign(`${timestamp}POST${path}`) },
  ];
  return {
    method: 'POST',
    headers: [{ name: 'x-hmac-signature', value: sign('') }, ...(legacy ? [] : second)],
    body: Buffer.from(sent).toString('base64'),
  };
}

const error = (code: string, message: string) => ({ error: { code, message, errors: [] } });

function answer(response: ServerResponse, status: number, value: object | Buffer): void {
  const isFile = Buffer.isBuffer(value);
  response.writeHead(status, { 'content-type': isFile ? 'application/pdf' : 'application/json' });
  response.end(isFile ? value : JSON.stringify(value));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const part of request) body += part;
  return body;
}
