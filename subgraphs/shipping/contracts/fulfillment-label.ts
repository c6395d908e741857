import { operation } from '#platform/graphql/operation.ts';

/** A parcel's label, a PDF in Base64, for whoever holds a grant of it; null without one, and where there is no label. */
export const fulfillmentLabel = operation<{ fulfillmentLabel: string | null }, { id: string; grant: string }>(
  'shipping',
  'query($id: ID!, $grant: String!) { fulfillmentLabel(id: $id, grant: $grant) }',
);
