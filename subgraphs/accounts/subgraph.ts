import { outboxResolver } from '#platform/outbox/reports.ts';
import type { Subgraph } from '#platform/subgraph/subgraph.ts';
import { CreateAddress } from './create-address.ts';
import { CreateCustomer } from './create-customer.ts';
import { CreateSession } from './create-session.ts';
import { CustomerQueries, customerReference } from './customer.queries.ts';
import { database } from './database.ts';
import { DeleteAddress } from './delete-address.ts';
import { EndSession } from './end-session.ts';
import { EXPORTED_KINDS } from './exported-kinds.ts';
import { RefreshSession } from './refresh-session.ts';
import { RequestPasswordReset } from './request-password-reset.ts';
import { ResetPassword } from './reset-password.ts';
import { ShopFields, ShopQueries } from './shop.queries.ts';
import { startSweep } from './sweep-expired.ts';
import { UpdateAddress } from './update-address.ts';
import { UpdateCustomer } from './update-customer.ts';
import { VerifyEmail } from './verify-email.ts';

export const accounts: Subgraph = {
  name: 'accounts',
  database,
  resolvers: [
    CustomerQueries,
    ShopQueries,
    ShopFields,
    CreateCustomer,
    UpdateCustomer,
    CreateSession,
    RefreshSession,
    EndSession,
    VerifyEmail,
    RequestPasswordReset,
    ResetPassword,
    CreateAddress,
    UpdateAddress,
    DeleteAddress,
    outboxResolver(database),
  ],
  references: { Customer: customerReference },
  announces: true,
  exports: EXPORTED_KINDS,
  listeners: [],
  startWork: () => [startSweep()],
};
