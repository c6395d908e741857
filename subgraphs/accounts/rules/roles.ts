/**
 * What each kind of staff may do. The role stands on the customer's row, and its scopes here alone, so that whoever had it
 * before may do what is added; they travel in the access token.
 */
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

/** All that an account may do: what its role gives, and what was granted to it beside. */
export const scopesOf = ({ role, scopes }: { role: string | null; scopes: readonly string[] }): string[] => [
  ...new Set([...(isRole(role) ? ROLES[role] : []), ...scopes]),
];

const isRole = (role: string | null): role is keyof typeof ROLES => role !== null && Object.hasOwn(ROLES, role);
