import PdfDocument from 'pdfkit';
import type { ParcelToCarry } from '../carriers/carrier.ts';
import { code128 } from './code128.ts';
import { legible } from './legible.ts';

/** What the demo carrier prints. */
export interface LabelContent extends Pick<ParcelToCarry, 'orderNumber' | 'to' | 'weightGrams'> {
  trackingNumber: string;
  carrier: string;
  shop: string;
  from: string;
}

/** 4 by 6 inches, in points. */
const [WIDTH, HEIGHT] = [288, 432];
const MARGIN = 18;
const INNER = WIDTH - 2 * MARGIN;

/** A parcel's label, a PDF of one page; the barcode is drawn, so that it is sharp at every resolution. */
export function demoLabel(content: LabelContent): Promise<Buffer> {
  const { to, carrier, shop, from, orderNumber, trackingNumber, weightGrams } = content;
  const page = new PdfDocument({
    ...{ size: [WIDTH, HEIGHT], margin: 0, compress: true },
    info: { Title: `Label ${trackingNumber}`, Author: shop, Subject: `Order ${orderNumber}` },
  });
  const text = (words: string, x: number, y: number, size: number, bold = false, width = INNER) =>
    page
      .font(bold ? 'Helvetica-Bold' : 'Helvetica')
      .fontSize(size)
      .text(legible(words), x, y, { width, lineGap: 1.5, height: size * 2.6, ellipsis: true });
  const rule = (y: number) =>
    page
      .moveTo(MARGIN, y)
      .lineTo(WIDTH - MARGIN, y)
      .lineWidth(1.2)
      .stroke();

  text(carrier, MARGIN, 22, 15, true, 180);
  page
    .rect(WIDTH - MARGIN - 46, 18, 46, 22)
    .fill('#000')
    .fillColor('#fff');
  page
    .font('Helvetica-Bold')
    .fontSize(13)
    .text(legible(to.country), WIDTH - MARGIN - 46, 23.5, { width: 46, align: 'center' });
  page.fillColor('#000');
  rule(52);
  text('FROM', MARGIN, 61, 6.5);
  text(`${shop}, ${from}`, MARGIN, 71, 9);
  rule(94);
  text('TO', MARGIN, 103, 6.5);
  let y = 115;
  const lines = [
    to.name,
    to.line1,
    to.line2,
    [`${to.postalCode} ${to.city}`, to.region].filter(Boolean).join(', '),
  ].filter((line) => line !== null);
  for (const [i, line] of lines.entries()) {
    const size = i === 0 ? 16 : 12;
    text(line, MARGIN, y, size, i === 0);
    y = page.y + 2;
  }
  rule(258);
  text('ORDER', MARGIN, 266, 6.5);
  text(orderNumber, MARGIN, 276, 12, true, 150);
  text('WEIGHT', MARGIN + 170, 266, 6.5);
  text(`${(weightGrams / 1_000).toFixed(2)} kg`, MARGIN + 170, 276, 12, true, 80);
  rule(302);
  bars(page, trackingNumber, 316);
  page.font('Helvetica-Bold').fontSize(12);
  page.text(spaced(trackingNumber), MARGIN, 394, { width: INNER, align: 'center', characterSpacing: 1 });
  return bytesOf(page);
}

const BAR_HEIGHT = 68;
/** In modules, on each side: a scanner needs them white. */
const QUIET = 10;

function bars(page: PDFKit.PDFDocument, text: string, top: number): void {
  const widths = code128(text);
  const modules = widths.reduce((sum, width) => sum + width, 0) + 2 * QUIET;
  const module = Math.min(1.5, (WIDTH - 12) / modules);
  let x = (WIDTH - modules * module) / 2 + QUIET * module;
  for (const [i, width] of widths.entries()) {
    if (i % 2 === 0) page.rect(x, top, width * module, BAR_HEIGHT);
    x += width * module;
  }
  page.fill('#000');
}

/** Read by people: in groups of four from the right. */
const spaced = (text: string): string => text.replace(/(?<=.)(?=(?:.{4})+$)/g, ' ');

function bytesOf(page: PDFKit.PDFDocument): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    page.on('data', (part: Buffer) => parts.push(part));
    page.on('end', () => resolve(Buffer.concat(parts)));
    page.on('error', reject);
    page.end();
  });
}
