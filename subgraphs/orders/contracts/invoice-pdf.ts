import { operation } from '#platform/graphql/operation.ts';

/** The PDF of an order's invoice or a refund's credit note in base64; null without a grant that holds, and where there is none. */
export const invoicePdf = operation<{ invoicePdf: string | null }, { id: string; grant: string }>(
  'orders',
  'query($id: ID!, $grant: String!) { invoicePdf(id: $id, grant: $grant) }',
);
