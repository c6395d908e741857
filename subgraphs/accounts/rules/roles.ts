/** What each kind of staff may do; the scopes stand on the customer's row and in the access token. */
export const ROLES = {
  admin: [
    ...['orders:read', 'orders:write', 'payments:read', 'products:write', 'inventory:read', 'inventory:write'],
    ...[
      'catalog:write',
      'promotions:write',
      'shipping:write',
      'taxes:write',
      'currencies:write',
      'gift-cards:write',
      'reviews:write',
      'ads:write',
      'customers:read',
      'webhooks:read',
      'webhooks:write',
      'operations:read',
      'operations:write',
    ],
  ],
  seller: ['products:write', 'inventory:read', 'inventory:write'],
} as const satisfies Record<string, readonly string[]>;
