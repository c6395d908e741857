import type { EasyPostAccount } from '../config.ts';
import { type Carrier, CarrierTrouble, type ParcelToCarry, type Taken } from './carrier.ts';
import { easyPostApi, fetchFile } from './easypost-api.ts';
import { newsOf, type Tracker } from './easypost-tracker.ts';
import { readEasyPostWebhook } from './easypost-webhook.ts';

const GRAMS_AN_OUNCE = 28.349_523_125;

/** What is read of a Shipment, https://docs.easypost.com/docs/shipments. */
interface Shipment {
  id: string;
  tracking_code: string | null;
  postage_label: { label_url: string | null; label_pdf_url: string | null } | null;
  rates: Rate[];
  selected_rate: Rate | null;
  tracker: Tracker | null;
  refund_status: 'submitted' | 'refunded' | 'rejected' | 'not_applicable' | null;
}

interface Rate {
  id: string;
  carrier: string;
  /** A decimal of `currency`. */
  rate: string;
  delivery_days: number | null;
}

/**
 * Parcels by EasyPost, which carries through a hundred carriers. It knows no idempotency keys; a shipment, though, is
 * found by the reference it was created with, costs nothing until it is bought, and is bought at most once.
 */
export function easyPost(account: EasyPostAccount): Carrier {
  const api = easyPostApi(account);
  const shipment = (ref: string) => api.get<Shipment>(`/v2/shipments/${encodeURIComponent(ref)}`);
  const known = async (ref: string): Promise<Shipment> => {
    const found = await shipment(ref);
    if (!found) throw new CarrierTrouble(`EasyPost no longer knows the shipment ${ref}.`);
    return found;
  };
  return {
    key: 'easypost',
    name: 'EasyPost',
    async register(parcel) {
      const before = await shipment(parcel.fulfillmentId);
      return (before ?? (await api.post<Shipment>('/v2/shipments', { shipment: asShipment(parcel, account.from) }))).id;
    },
    async take(ref, days) {
      const found = await known(ref);
      if (found.postage_label) return takenOf(found);
      const rate = cheapestOf(found.rates, days);
      return takenOf(await api.post<Shipment>(`/v2/shipments/${ref}/buy`, { rate: { id: rate.id } }));
    },
    async cancel(ref) {
      const { postage_label, refund_status } = await known(ref);
      if (postage_label && refund_status === null) await api.post<Shipment>(`/v2/shipments/${ref}/refund`, {});
    },
    async label(ref) {
      const { postage_label } = await api.found<Shipment>(`/v2/shipments/${ref}/label?file_format=PDF`);
      const url = postage_label?.label_pdf_url ?? postage_label?.label_url;
      if (!url) throw new CarrierTrouble('EasyPost has no label of this parcel.');
      return fetchFile(url, account.deadlineMs);
    },
    async track(ref) {
      const { tracker } = await known(ref);
      return tracker ? newsOf(ref, tracker) : { eventId: null, ref, said: [], estimatedDelivery: null, trouble: null };
    },
    readWebhook: (webhook) => readEasyPostWebhook(webhook, account.webhookSecret),
  };
}

const asShipment = ({ fulfillmentId, orderNumber, to, weightGrams }: ParcelToCarry, from: string) => ({
  reference: fulfillmentId,
  from_address: { id: from },
  to_address: {
    ...{ name: to.name, street1: to.line1, street2: to.line2, city: to.city, state: to.region },
    ...{ zip: to.postalCode, country: to.country, phone: to.phone, email: to.email },
  },
  // Its parcels weigh ounces, to one decimal, and nothing weighs nothing.
  parcel: { weight: Math.max(0.1, Math.ceil((weightGrams / GRAMS_AN_OUNCE) * 10) / 10) },
  options: { label_format: 'PDF', label_size: '4x6', print_custom_1: orderNumber },
});

/** The cheapest that keeps what the shopper was told, else the cheapest of all. */
function cheapestOf(rates: readonly Rate[], days: number): Rate {
  const inTime = rates.filter(({ delivery_days }) => delivery_days !== null && delivery_days <= days);
  const [cheapest] = (inTime.length > 0 ? inTime : rates).toSorted((a, b) => Number(a.rate) - Number(b.rate));
  if (!cheapest) throw new CarrierTrouble('No carrier of EasyPost offers to carry this parcel: look at its address.');
  return cheapest;
}

function takenOf({ id, tracking_code, selected_rate, tracker }: Shipment): Taken {
  if (!tracking_code) throw new CarrierTrouble(`EasyPost gave the shipment ${id} no tracking code yet.`);
  return {
    carrier: selected_rate?.carrier ?? tracker?.carrier ?? 'EasyPost',
    trackingNumber: tracking_code,
    trackingUrl: tracker?.public_url ?? null,
    estimatedDelivery: tracker?.est_delivery_date ? new Date(tracker.est_delivery_date) : null,
  };
}
