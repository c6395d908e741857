import type { Subgraph } from '#platform/subgraph/subgraph.ts';
import { AuditCarts } from './audit-carts.ts';
import { CartLineQueries, CartQueries, CustomerCart, references } from './cart.queries.ts';
import { CartCustomer } from './cart.type.ts';
import { ChangeLines } from './change-lines.ts';
import { CheckoutFields } from './checkout.fields.ts';
import { ClaimCart } from './claim-cart.ts';
import { CreateCart } from './create-cart.ts';
import { database } from './database.ts';
import { LeftCartQueries } from './left-carts.ts';
import { startSweep } from './sweep-expired.ts';
import { UpdateCurrency } from './update-currency.ts';
import { UpdateDelivery } from './update-delivery.ts';
import { UpdateDiscountCodes } from './update-discount-codes.ts';
import { UpdateNote } from './update-note.ts';

export const carts: Subgraph = {
  name: 'carts',
  database,
  resolvers: [
    CartQueries,
    CartLineQueries,
    CustomerCart,
    CreateCart,
    ChangeLines,
    UpdateDelivery,
    UpdateCurrency,
    UpdateDiscountCodes,
    UpdateNote,
    ClaimCart,
    CheckoutFields,
    LeftCartQueries,
    AuditCarts,
  ],
  orphanedTypes: [CartCustomer],
  references,
  announces: false,
  listeners: [],
  startWork: () => [startSweep()],
};
