import { newId } from '#platform/database/id.ts';
import { SHOP } from '#subgraphs/pricing/contracts/shop.ts';
import type { Making } from '../rules/revise-product.ts';

export const MAKING: Making = { currency: SHOP.currency, newVariantId: () => newId('var') };
