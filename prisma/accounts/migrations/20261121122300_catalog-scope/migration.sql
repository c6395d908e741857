-- Who may do all that staff may do, may edit every seller's products.
UPDATE customer SET scopes = scopes || ARRAY['catalog:write']
WHERE scopes @> ARRAY['orders:read', 'orders:write', 'products:write', 'inventory:write', 'promotions:write', 'customers:read']
  AND NOT scopes && ARRAY['catalog:write'];
