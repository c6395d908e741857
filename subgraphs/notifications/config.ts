import { z } from 'zod';
import { readConfig, url } from '#platform/config/read-config.ts';

const config = readConfig(
  {
    SHOP_NAME: z.string().max(100).default('Souk').describe('the name of the shop, at most 100 characters'),
    STOREFRONT_URL: url('http', 'https')
      .default('http://localhost:3000')
      .describe('the address of the storefront, e.g. https://souk.example'),
    MAIL_FROM: z
      .string()
      .regex(/^[^\r\n<>]* <[^\s<>@]+@[^\s<>@]+>$|^[^\s<>@]+@[^\s<>@]+$/)
      .default('Souk <hello@souk.test>')
      .describe('the sender of mails, e.g. Souk <hello@souk.example>'),
    SMTP_URL: url('smtp', 'smtps')
      .optional()
      .describe('the mail server, e.g. smtps://user:password@mail.example:465, or leave it out for the dev mailbox'),
  },
  process.env,
);

export const notificationsConfig = {
  shopName: config.SHOP_NAME,
  storefrontUrl: config.STOREFRONT_URL.replace(/\/+$/, ''),
  mailFrom: config.MAIL_FROM,
  smtpUrl: config.SMTP_URL,
};
