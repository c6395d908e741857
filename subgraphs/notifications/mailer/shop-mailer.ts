import { notificationsConfig } from '../config.ts';
import { mailboxMailer } from './mailbox-mailer.ts';
import type { Mailer } from './mailer.ts';
import { smtpMailer, smtpTransport } from './smtp-mailer.ts';

/** This shop's way of mailing: SMTP where SMTP_URL says so, else the mailbox that /dev/mail shows. */
export const shopMailer: Mailer = notificationsConfig.smtpUrl
  ? smtpMailer(smtpTransport(notificationsConfig.smtpUrl))
  : mailboxMailer;
