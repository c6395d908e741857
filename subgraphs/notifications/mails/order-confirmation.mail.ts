import type { OrderForMail } from '#subgraphs/orders/contracts/order-for-mail.ts';
import { type Html, html } from '../html.ts';
import { shown } from './amount.ts';
import { button, type Letter, LINE, letter, MUTED, orderLink, paragraph, smallPrint } from './letter.ts';

/** To the shopper, once the order stands. Its link opens the order for guests as well. */
export function orderConfirmationMail(order: OrderForMail): Letter {
  const link = orderLink(order);
  const thanks = 'Thank you for your order';
  const news = `Your order ${order.number} is confirmed, and we are getting it ready.`;
  const delivery = `${order.deliveryOption.title}, ${days(order.deliveryOption.estimatedDays)}`;
  return letter(
    `Your order ${order.number} is confirmed`,
    `${thanks}

${news}

${order.lines.map((line) => `${line.quantity} × ${titleOf(line)}  ${shown(line.total)}`).join('\n')}

${sums(order)
  .map(([label, amount]) => `${label}: ${amount}`)
  .join('\n')}

Delivery: ${delivery}
${addressLines(order).join('\n')}

Follow the order: ${link}`,
    thanks,
    [
      paragraph(news),
      button('Follow the order', link),
      table([...order.lines.map(lineRow), ...sums(order).map(sumRow)]),
      smallPrint(delivery),
      smallPrint(html`${addressLines(order).map((line) => html`${line}<br>`)}`),
    ],
  );
}

type Line = OrderForMail['lines'][number];

function sums({ cost }: OrderForMail): [label: string, amount: string][] {
  return [
    ['Subtotal', shown(cost.subtotal)],
    ['Delivery', shown(cost.shipping)],
    [cost.taxIncluded ? 'Tax included' : 'Tax', shown(cost.tax)],
    ['Total', shown(cost.total)],
  ];
}

function addressLines({ deliveryAddress: address }: OrderForMail): string[] {
  const lines = [address.name, address.line1, address.line2, `${address.postalCode} ${address.city}`];
  return [...lines, countries.of(address.country) ?? null].filter((line) => line !== null);
}

const titleOf = ({ title, options }: Line): string =>
  options.length > 0 ? `${title} (${options.map(({ value }) => value).join(', ')})` : title;

const days = ({ min, max }: { min: number; max: number }): string =>
  min === max ? `${max} ${max === 1 ? 'day' : 'days'}` : `${min} to ${max} days`;

const countries = new Intl.DisplayNames('en', { type: 'region' });

const table = (rows: readonly Html[]): Html =>
  html`<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:0 0 24px;font-size:15px;">${rows}</table>`;

const CELL = `padding:10px 0;border-top:1px solid ${LINE};vertical-align:top;`;
const AMOUNT = 'text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums;padding-left:16px;';

const lineRow = (line: Line): Html => {
  const options = line.options.map(({ name, value }) => `${name}: ${value}`).join(', ');
  return html`<tr><td style="${CELL}">${line.title}${options && html`<br><span style="color:${MUTED};font-size:13px;">${options}</span>`}</td>
<td style="${CELL}color:${MUTED};padding-left:16px;">×&nbsp;${line.quantity}</td><td style="${CELL}${AMOUNT}">${shown(line.total)}</td></tr>`;
};

const sumRow = ([label, amount]: [string, string]): Html => {
  const weight = label === 'Total' ? 'font-weight:600;font-size:17px;' : '';
  return html`<tr><td colspan="2" style="${CELL}${weight}">${label}</td><td style="${CELL}${AMOUNT}${weight}">${amount}</td></tr>`;
};
