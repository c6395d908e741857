import type { InvoiceContent, InvoiceLine, PostalAddress } from './invoice-content.ts';
import type { IssuedInvoice } from './issue-invoice.ts';
import { COLORS, openFontsFor, Paper } from './paper.ts';

const LEFT = 56;
const WIDTH = 483;
const BOTTOM = 770;
const TITLES = { INVOICE: 'Invoice', CREDIT_NOTE: 'Credit note' } as const;
const LABEL = { size: 8.5, color: COLORS.muted } as const;
const BODY = { size: 9.5 } as const;
const SMALL = { size: 8.5, color: COLORS.muted } as const;

/** Right edges of the table's columns of figures. */
const COLUMNS = { quantity: 305, unitPrice: 395, total: WIDTH } as const;
const TITLE_WIDTH = 245;

/** A document as a PDF: always the same bytes for the same document. */
export async function renderInvoice({ number, issued_at: issuedAt, content }: IssuedInvoice): Promise<Buffer> {
  const title = `${TITLES[content.kind]} ${number}`;
  await openFontsFor(JSON.stringify(content));
  const paper = new Paper({ title, author: content.seller.shop, at: issuedAt });
  let y = head(paper, number, content);
  y = parties(paper, y, issuedAt, content);
  y = table(paper, y, content);
  totals(paper, y, content);
  feet(paper, title, content);
  return paper.finish();
}

function head(paper: Paper, number: string, { kind, seller, corrects, reason }: InvoiceContent): number {
  const name = { face: 'heading', size: 20 } as const;
  paper.text(seller.shop, LEFT, 52, 240, name);
  paper.pdf.circle(LEFT + paper.widthOf(seller.shop, name) + 6, 68.5, 2.6).fill(COLORS.saffron);
  paper.text(TITLES[kind], LEFT + 240, 44, WIDTH - 240, { face: 'heading', size: 30, align: 'right' });
  paper.text(number, LEFT + 240, 82, WIDTH - 240, { face: 'strong', size: 11, align: 'right' });
  if (!corrects) return 122;
  const says = `For invoice ${corrects.number} of ${day(corrects.issuedAt)}${reason ? `: ${reason}` : ''}`;
  return 102 + paper.text(says, LEFT, 102, WIDTH, { ...SMALL, align: 'right' }) + 14;
}

/** Who buys, where it goes, and when it was. */
function parties(paper: Paper, top: number, issuedAt: Date, content: InvoiceContent): number {
  paper.rule(LEFT, top, WIDTH);
  const column = (i: number) => LEFT + i * 168;
  const block = (i: number, label: string, lines: readonly string[]) => {
    let y = top + 16;
    y += paper.text(label, column(i), y, 148, LABEL) + 3;
    lines.forEach((line, at) => {
      y += paper.text(line, column(i), y, 148, { ...BODY, face: at === 0 ? 'strong' : 'text' });
    });
    return y;
  };
  const facts: [string, string][] = [
    ['Order', content.orderNumber],
    ['Ordered', day(content.orderedAt)],
    ...(content.paidAt ? [['Paid', day(content.paidAt)] as [string, string]] : []),
    ['Issued', day(issuedAt.toISOString())],
  ];
  let y = top + 16;
  y += paper.text('Details', column(2), y, 147, LABEL) + 3;
  for (const [label, value] of facts) {
    paper.text(label, column(2), y, 60, { ...BODY, color: COLORS.muted });
    y += paper.text(value, column(2) + 52, y, 95, { ...BODY, align: 'right' });
  }
  const { billingAddress, deliveryAddress } = content;
  return (
    Math.max(y, block(0, 'Billed to', linesOf(billingAddress)), block(1, 'Delivered to', linesOf(deliveryAddress))) + 26
  );
}

const linesOf = ({ name, line1, line2, postalCode, city, region, country }: PostalAddress): string[] =>
  [name, line1, line2, `${postalCode} ${city}`, region, countryName(country)].filter(
    (line) => typeof line === 'string' && line !== '',
  ) as string[];

const countries = new Intl.DisplayNames('en', { type: 'region' });
const countryName = (code: string): string => countries.of(code) ?? code;

function table(paper: Paper, top: number, content: InvoiceContent): number {
  let y = tableHead(paper, top, content.currency);
  for (const line of content.lines) {
    if (y + heightOf(paper, line) > BOTTOM) {
      paper.pdf.addPage();
      y = tableHead(paper, 56, content.currency);
    }
    y = row(paper, y, line);
  }
  return y;
}

function tableHead(paper: Paper, y: number, currency: string): number {
  paper.text('Item', LEFT, y, TITLE_WIDTH, LABEL);
  figure(paper, 'Quantity', y, COLUMNS.quantity, LABEL);
  figure(paper, 'Price', y, COLUMNS.unitPrice, LABEL);
  figure(paper, `Amount, ${currency}`, y, COLUMNS.total, LABEL);
  paper.rule(LEFT, y + 17, WIDTH, COLORS.ink, 0.8);
  return y + 26;
}

const figure = (paper: Paper, words: string, y: number, right: number, style: Parameters<Paper['text']>[4]) =>
  paper.text(words, LEFT + right - 90, y, 90, { ...style, align: 'right' });

function row(paper: Paper, top: number, { title, detail, quantity, unitPrice, total }: InvoiceLine): number {
  figure(paper, `${quantity}`.replace('-', '−'), top, COLUMNS.quantity, BODY);
  figure(paper, decimal(unitPrice), top, COLUMNS.unitPrice, BODY);
  figure(paper, decimal(total), top, COLUMNS.total, BODY);
  let y = top + paper.text(title, LEFT, top, TITLE_WIDTH, { ...BODY, face: 'strong' });
  if (detail) y += paper.text(detail, LEFT, y, TITLE_WIDTH, SMALL);
  paper.rule(LEFT, y + 7, WIDTH);
  return y + 15;
}

/** As `row` will need: a title of many lines goes to the next page as a whole. */
const heightOf = (paper: Paper, { title, detail }: InvoiceLine): number =>
  22 +
  14 * Math.ceil(paper.widthOf(title, { ...BODY, face: 'strong' }) / TITLE_WIDTH + 0.3) +
  13 * Math.ceil(paper.widthOf(detail, SMALL) / TITLE_WIDTH + 0.3);

function totals(paper: Paper, top: number, { sums, total, taxes, taxIncluded, currency, kind }: InvoiceContent): void {
  let y = top + 6;
  if (y + 80 + 15 * (sums.length + taxes.length) > BOTTOM) {
    paper.pdf.addPage();
    y = 56;
  }
  const left = LEFT + 230;
  const width = WIDTH - 230;
  for (const { title, amount } of sums) {
    paper.text(title, left, y, width - 80, { ...BODY, color: COLORS.muted });
    y += paper.text(decimal(amount), left, y, width, { ...BODY, align: 'right' }) + 2;
  }
  paper.rule(left, y + 6, width, COLORS.saffron, 1.6);
  y += 15;
  paper.text(kind === 'INVOICE' ? 'Total' : 'Given back', left, y + 1, width - 120, { face: 'heading', size: 15 });
  const shown = kind === 'INVOICE' ? total : total.replace('-', '');
  y +=
    paper.text(`${decimal(shown)} ${currency}`, left, y + 1, width, { face: 'heading', size: 15, align: 'right' }) + 9;
  for (const { title, rate, amount } of taxes) {
    const words = `${taxIncluded ? 'of which ' : ''}${title} ${percent(rate)}`;
    paper.text(words, left, y, width - 80, SMALL);
    y += paper.text(decimal(amount), left, y, width, { ...SMALL, align: 'right' }) + 1;
  }
}

/** On every page who sells, and which page it is. */
function feet(paper: Paper, title: string, { seller }: InvoiceContent): void {
  const { count } = paper.pdf.bufferedPageRange();
  for (let page = 0; page < count; page++) {
    paper.pdf.switchToPage(page);
    paper.rule(LEFT, 784, WIDTH);
    const who = [...seller.address, ...(seller.taxId ? [`Tax ID ${seller.taxId}`] : [])].join(' · ');
    paper.text(who, LEFT, 793, WIDTH - 140, { size: 8, color: COLORS.muted });
    paper.text(`${title} · ${page + 1} of ${count}`, LEFT + WIDTH - 190, 793, 190, {
      size: 8,
      color: COLORS.muted,
      align: 'right',
    });
  }
}

const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const day = (at: string): string => DAY.format(new Date(at));

/** `1234.50` as `1,234.50`, digit by digit: an amount is never a float. */
function decimal(amount: string): string {
  const [, sign = '', whole = '', rest = ''] = /^(-?)(\d+)(.*)$/.exec(amount) ?? [];
  return `${sign ? '−' : ''}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${rest}`;
}

/** `0.19` as `19 %`. */
function percent(rate: string): string {
  const [whole = '0', digits = ''] = rate.split('.');
  const moved = `${whole}${digits.padEnd(2, '0').slice(0, 2)}`.replace(/^0+(?=\d)/, '');
  const rest = digits.slice(2).replace(/0+$/, '');
  return `${moved}${rest ? `.${rest}` : ''} %`;
}
