import { notificationsConfig } from '../config.ts';
import { type Html, html } from '../html.ts';

/** What a mail says, as text and as HTML. */
export interface Letter {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The storefront's light colors; mail programs know neither OKLCH nor variables. */
const PAPER = '#fcfaf6';
const INK = '#1b1f29';
export const MUTED = '#5f636f';
export const LINE = '#e0ded8';
const INDIGO = '#363d8c';
const SAFFRON = '#efa831';

const HEADING_FONT = "'Bricolage Grotesque Variable','Bricolage Grotesque',Georgia,serif";
const TEXT_FONT = "'Instrument Sans Variable','Instrument Sans','Helvetica Neue',Arial,sans-serif";

/** A page of one narrow column, in tables and inline styles, since that is what every mail program shows alike. */
export function letter(subject: string, text: string, heading: string, body: readonly Html[]): Letter {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>${subject}</title>
</head>
<body style="margin:0;padding:0;background:${PAPER};">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:${PAPER};">
<tr><td align="center" style="padding:32px 16px;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;font-family:${TEXT_FONT};color:${INK};font-size:17px;line-height:1.5;">
<tr><td style="padding:0 0 20px;font-family:${HEADING_FONT};font-size:22px;font-weight:600;">${notificationsConfig.shopName}<span style="color:${SAFFRON};">.</span></td></tr>
<tr><td style="padding:32px;background:#ffffff;border:1px solid ${LINE};border-radius:10px;">
<h1 style="margin:0 0 16px;font-family:${HEADING_FONT};font-size:30px;line-height:1.15;font-weight:600;">${heading}</h1>
${body}
</td></tr>
<tr><td style="padding:20px 0 0;color:${MUTED};font-size:13px;">This message was sent by ${notificationsConfig.shopName} because of something done at <a href="${notificationsConfig.storefrontUrl}" target="_blank" style="color:${MUTED};">${new URL(notificationsConfig.storefrontUrl).host}</a>.</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
  return { subject, text: `${text.trim()}\n\n${notificationsConfig.shopName}\n`, html: page.text };
}

export const paragraph = (text: string | Html): Html => html`<p style="margin:0 0 16px;">${text}</p>`;

export const smallPrint = (text: string | Html): Html =>
  html`<p style="margin:0 0 8px;color:${MUTED};font-size:15px;">${text}</p>`;

/** The one thing to do, and below it the address itself for programs that show no links. */
export const button = (
  label: string,
  url: string,
): Html => html`<p style="margin:24px 0;"><a href="${url}" target="_blank" style="display:inline-block;padding:12px 20px;background:${INDIGO};color:#ffffff;border-radius:6px;text-decoration:none;font-weight:600;">${label}</a></p>
<p style="margin:0 0 16px;color:${MUTED};font-size:13px;word-break:break-all;">${url}</p>`;

/** An address of the storefront, e.g. `storefrontLink('/account/verify', { token })`. */
export function storefrontLink(path: string, query: Record<string, string>): string {
  return `${notificationsConfig.storefrontUrl}${path}?${new URLSearchParams(query)}`;
}

/** Where an order is shown; opens it for guests as well. */
export const orderLink = ({ id, accessToken }: { id: string; accessToken: string }): string =>
  storefrontLink(`/order/${encodeURIComponent(id)}`, { token: accessToken });
