import { z } from 'zod';
import { port, readConfig, url } from '#platform/config/read-config.ts';

const config = readConfig(
  {
    SHOP_NAME: z.string().max(100).default('Souk').describe('the name of the shop, at most 100 characters'),
    SELLER_ADDRESS: z
      .string()
      .max(300)
      .default('Souk Demo Ltd, Markt 1, 04109 Leipzig, Germany')
      .describe('who sells, as invoices name him: name and address, parted by commas, at most 300 characters'),
    SELLER_TAX_ID: z.string().max(50).optional().describe('the tax number that invoices bear, e.g. DE123456789'),
    PUBLIC_URL: url('http', 'https')
      .optional()
      .describe('the address under which shoppers reach the router, e.g. https://api.example.com'),
    ROUTER_PORT: port().default(4000).describe('a free port'),
  },
  process.env,
);

export const invoiceConfig = {
  shopName: config.SHOP_NAME,
  sellerAddress: config.SELLER_ADDRESS.split(',').map((line) => line.trim()),
  sellerTaxId: config.SELLER_TAX_ID ?? null,
  publicUrl: config.PUBLIC_URL ?? `http://localhost:${config.ROUTER_PORT}`,
};
