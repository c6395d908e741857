-- AlterTable
ALTER TABLE "customer" ADD COLUMN     "role" TEXT;

-- Who may do all that staff could do at first is an administrator, whatever was added since; what a role gives stands in
-- the code from here on, so that rows made by an earlier version lack nothing. What else was granted by hand stays.
UPDATE customer SET role = 'admin', scopes = ARRAY(
    SELECT scope FROM unnest(scopes) AS scope WHERE scope <> ALL (ARRAY[
      'orders:read', 'orders:write', 'payments:read', 'products:write', 'inventory:read', 'inventory:write', 'catalog:write',
      'promotions:write', 'shipping:write', 'taxes:write', 'currencies:write', 'gift-cards:write', 'reviews:write', 'ads:write',
      'customers:read', 'webhooks:read', 'webhooks:write', 'operations:read', 'operations:write']))
WHERE scopes @> ARRAY['orders:read', 'orders:write', 'products:write', 'inventory:write', 'promotions:write', 'customers:read'];
UPDATE customer SET role = 'seller', scopes = '{}'
WHERE scopes @> ARRAY['products:write', 'inventory:write'] AND scopes <@ ARRAY['products:write', 'inventory:read', 'inventory:write'];
