-- Who may do all that staff may do, may run the shop's jobs as well.
UPDATE customer SET scopes = scopes || ARRAY['operations:read', 'operations:write']
WHERE scopes @> ARRAY['orders:read', 'orders:write', 'products:write', 'inventory:write', 'promotions:write', 'customers:read']
  AND NOT scopes && ARRAY['operations:read', 'operations:write'];
