import { z } from 'zod';
import { port, readConfig, url } from '#platform/config/read-config.ts';

const config = readConfig(
  {
    SHOP_NAME: z.string().max(100).default('Souk').describe('the name of the shop, at most 100 characters'),
    STOREFRONT_URL: url('http', 'https')
      .optional()
      .describe('the address of the storefront, e.g. https://souk.example'),
    WEB_PORT: port().default(3000).describe('the port of the storefront'),
    MAIL_FROM: z
      .string()
      .regex(/^[^\r\n<>]* <[^\s<>@]+@[^\s<>@]+>$|^[^\s<>@]+@[^\s<>@]+$/)
      .default('Souk <hello@souk.test>')
      .describe('the sender of mails, e.g. Souk <hello@souk.example>'),
    STAFF_MAIL: z
      .string()
      .regex(/^[^\s<>@]+@[^\s<>@]+$/)
      .default('staff@souk.test')
      .describe('who is told of low stock, e.g. staff@souk.example'),
    PUBLIC_URL: url('http', 'https').optional().describe('the address of the API, e.g. https://api.souk.example'),
    ROUTER_PORT: port().default(4000).describe('the port of the API'),
    CART_REMINDER_HOURS: z.coerce
      .number()
      .min(0)
      .max(600)
      .default(4)
      .describe('after how many hours a cart that was left alone is brought to mind, 0 for never'),
    SMTP_URL: url('smtp', 'smtps')
      .optional()
      .describe('the mail server, e.g. smtps://user:password@mail.example:465, or leave it out for the dev mailbox'),
  },
  process.env,
);

export const notificationsConfig = {
  shopName: config.SHOP_NAME,
  /** Where links in mails lead; the embedded shape knows its port only. */
  storefrontUrl: config.STOREFRONT_URL?.replace(/\/+$/, '') ?? `http://localhost:${config.WEB_PORT}`,
  /** Where mail programs end a subscription. */
  publicUrl: config.PUBLIC_URL?.replace(/\/+$/, '') ?? `http://localhost:${config.ROUTER_PORT}`,
  cartReminderHours: config.CART_REMINDER_HOURS,
  mailFrom: config.MAIL_FROM,
  staffMail: config.STAFF_MAIL,
  smtpUrl: config.SMTP_URL,
};
