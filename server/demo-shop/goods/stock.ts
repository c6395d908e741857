/**
 * How many of a SKU the demo shop holds: drawn from the SKU itself, so that every seeding gives the same shop.
 * Of a hundred SKUs about three are sold out and five are low; the rest have 50 to 500.
 */
export function stockOf(sku: string): number {
  const hash = fnv1a(sku);
  const lot = hash % 100;
  const size = Math.floor(hash / 100);
  if (lot < 3) return 0;
  if (lot < 8) return 1 + (size % 5);
  return 50 + (size % 451);
}

/** FNV-1a, 32 bits, and the finisher of MurmurHash3: without it SKUs that differ in a last letter get like stock. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
