import { operation } from '#platform/graphql/operation.ts';

interface Amount {
  amount: string;
  currency: string;
}

export interface QuoteInput {
  currency: string;
  lines: {
    lineId: string;
    productId: string;
    categoryIds: string[];
    sellerId: string;
    quantity: number;
    unitPrice: Amount;
    /** Bears no tax and takes no discount. */
    isGiftCard?: boolean;
  }[];
  codes: string[];
  customerId?: string | null;
  email?: string | null;
  /** For tax; without it the shop's own country, and `isEstimate`. */
  country?: string | null;
  region?: string | null;
  postalCode?: string | null;
  /** Null until an option is chosen. */
  shipping?: Amount | null;
  /** An order holds the codes already: they stay its own past their time and limit. */
  codesAreHeld?: boolean;
  /** The moment whose exchange rates count, RFC 3339; without it now. */
  ratesAt?: string | null;
}

export interface Quote {
  lines: { lineId: string; discount: Amount; tax: Amount; total: Amount }[];
  subtotal: Amount;
  discount: Amount;
  shipping: Amount | null;
  tax: Amount;
  taxIncluded: boolean;
  taxLines: { title: string; rate: string; amount: Amount }[];
  total: Amount;
  /** What is said of each code, in capitals; `reason` tells the shopper why not. */
  codes: { code: string; applicable: boolean; reason: string | null }[];
  isEstimate: boolean;
}

/** What lines cost with tax and shipping; changes nothing. */
export const quote = operation<{ quote: Quote }, { input: QuoteInput }>(
  'pricing',
  `query($input: QuoteInput!) { quote(input: $input) {
    lines { lineId discount { amount currency } tax { amount currency } total { amount currency } }
    subtotal { amount currency } discount { amount currency } shipping { amount currency } tax { amount currency }
    taxIncluded taxLines { title rate amount { amount currency } } total { amount currency } codes { code applicable reason } isEstimate } }`,
);
