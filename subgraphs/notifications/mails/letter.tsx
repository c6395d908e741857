import { Body } from '@react-email/body';
import { Button } from '@react-email/button';
import { Container } from '@react-email/container';
import { Head } from '@react-email/head';
import { Heading } from '@react-email/heading';
import { Html } from '@react-email/html';
import { Link } from '@react-email/link';
import { Section } from '@react-email/section';
import { Text } from '@react-email/text';
import type { CSSProperties, ReactNode } from 'react';
import { notificationsConfig } from '../config.ts';
import { compile, slots, useMedium, type Values, When } from './template.ts';

/** What a mail says, as text and as HTML. */
export interface Letter {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Takes the one click that ends mails of this kind (RFC 8058); those about an order or an account have none. */
  readonly oneClick?: string;
}

/** Where mails of a kind are ended: by people on a page, by mail programs with one click. */
export interface Unsubscribe {
  readonly page: string;
  readonly oneClick: string;
}

/**
 * A mail as a React component. It is rendered once, with marks where values go; each mail only puts its values in, so
 * that none costs more than joining texts. `subject` and `preview`, the line beside it in a list of mails, are of the values.
 */
export function defineLetter<V extends Values>(
  { subject, preview }: { subject(values: V): string; preview(values: V): string },
  write: (values: V) => ReactNode,
): (values: V, unsubscribe?: Unsubscribe) => Promise<Letter> {
  let compiled: Promise<Record<'html' | 'text', (values: Values) => string>> | undefined;
  const compileBoth = async () => {
    const values = slots<V & LetterValues>();
    const page = <Page values={values}>{write(values)}</Page>;
    const [html, text] = await Promise.all([compile(page, 'html'), compile(page, 'text')]);
    return { html, text };
  };
  return async (given, unsubscribe) => {
    compiled ??= compileBoth();
    const { html, text } = await compiled;
    const about = { subject: subject(given), preview: preview(given) };
    const values: Values = { ...given, ...about, unsubscribe: unsubscribe?.page ?? null };
    return {
      subject: about.subject,
      // A name may hold what would end a line; paragraphs that were left out leave their blank lines.
      text: `${text(values)
        .replace(/\n{3,}/g, '\n\n')
        .trim()}\n`,
      html: `<!doctype html>${html(values)}`,
      ...(unsubscribe && { oneClick: unsubscribe.oneClick }),
    };
  };
}

type LetterValues = { subject: string; preview: string; unsubscribe: string };

/** The storefront's colors, light and dark; mail programs know neither OKLCH nor variables. */
const LIGHT = {
  paper: '#fcfaf6',
  card: '#ffffff',
  ink: '#1b1f29',
  muted: '#5f636f',
  line: '#e0ded8',
  indigo: '#363d8c',
};
const DARK = {
  paper: '#11141b',
  card: '#1a1d24',
  ink: '#eeebe5',
  muted: '#a1a4ae',
  line: '#30333b',
  indigo: '#909fe9',
};
const SAFFRON = '#efa831';

const HEADING_FONT = "'Bricolage Grotesque Variable','Bricolage Grotesque',Georgia,serif";
const TEXT_FONT = "'Instrument Sans Variable','Instrument Sans','Helvetica Neue',Arial,sans-serif";

/** Programs that know dark mode take these over the inline styles; those that do not leave the light ones. */
const DARK_STYLE = `@media (prefers-color-scheme: dark) {
.paper, .paper > table > tbody > tr > td { background-color: ${DARK.paper} !important; } .card { background-color: ${DARK.card} !important; border-color: ${DARK.line} !important; }
.ink { color: ${DARK.ink} !important; } .muted { color: ${DARK.muted} !important; } .line { border-color: ${DARK.line} !important; }
.deed { background-color: ${DARK.indigo} !important; color: ${DARK.paper} !important; } }`;

/** A page of one narrow column. */
function Page({ values, children }: { values: LetterValues; children: ReactNode }) {
  const { shopName, storefrontUrl } = notificationsConfig;
  const host = new URL(storefrontUrl).host;
  if (useMedium() === 'text') {
    return (
      <>
        {children}
        {`${shopName}\n`}
        <Unsubscribing link={values.unsubscribe} />
      </>
    );
  }
  return (
    <Html lang="en">
      <Head>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{values.subject}</title>
        <style>{DARK_STYLE}</style>
      </Head>
      <Body className="paper" style={{ margin: 0, padding: 0, backgroundColor: LIGHT.paper }}>
        <Container style={{ maxWidth: 592, padding: '32px 16px', fontFamily: TEXT_FONT, color: LIGHT.ink }}>
          <div style={HIDDEN}>{values.preview}</div>
          <Text className="ink" style={{ ...TITLE, fontSize: 22, margin: '0 0 20px' }}>
            {shopName}
            <span style={{ color: SAFFRON }}>.</span>
          </Text>
          <Section className="card" style={CARD}>
            {children}
          </Section>
          <Text className="muted" style={{ ...NOTE, margin: '20px 0 0' }}>
            {`This message was sent by ${shopName} because of something done at `}
            <Link href={storefrontUrl} className="muted" style={{ color: LIGHT.muted, textDecoration: 'underline' }}>
              {host}
            </Link>
            .
          </Text>
          <Unsubscribing link={values.unsubscribe} />
        </Container>
      </Body>
    </Html>
  );
}

const TITLE: CSSProperties = { fontFamily: HEADING_FONT, fontWeight: 600, lineHeight: '1.15' };
/** What a list of mails shows beside the subject; the page itself begins with its heading. */
const HIDDEN: CSSProperties = { display: 'none', maxHeight: 0, overflow: 'hidden' };
const WORDS: CSSProperties = { fontSize: 17, lineHeight: '1.5', margin: '0 0 16px' };
const SMALL: CSSProperties = { ...WORDS, fontSize: 15, color: LIGHT.muted, margin: '0 0 8px' };
const NOTE: CSSProperties = { ...SMALL, fontSize: 13 };
const CARD: CSSProperties = {
  padding: 32,
  backgroundColor: LIGHT.card,
  border: `1px solid ${LIGHT.line}`,
  borderRadius: 10,
};

export function Title({ children }: { children: ReactNode }) {
  if (useMedium() === 'text')
    return (
      <>
        {children}
        {'\n\n'}
      </>
    );
  return (
    <Heading as="h1" className="ink" style={{ ...TITLE, fontSize: 30, margin: '0 0 16px' }}>
      {children}
    </Heading>
  );
}

export function Words({ children }: { children: ReactNode }) {
  if (useMedium() === 'text')
    return (
      <>
        {children}
        {'\n\n'}
      </>
    );
  return (
    <Text className="ink" style={WORDS}>
      {children}
    </Text>
  );
}

export function SmallPrint({ children }: { children: ReactNode }) {
  if (useMedium() === 'text')
    return (
      <>
        {children}
        {'\n\n'}
      </>
    );
  return (
    <Text className="muted" style={SMALL}>
      {children}
    </Text>
  );
}

/** The one thing to do, and below it the address itself for programs that show no links. */
export function Deed({ label, to }: { label: string; to: string }) {
  if (useMedium() === 'text') return <>{`${label}: ${to}\n\n`}</>;
  return (
    <>
      <Text style={{ margin: '24px 0' }}>
        <Button href={to} className="deed" style={DEED}>
          {label}
        </Button>
      </Text>
      <Text className="muted" style={{ ...NOTE, margin: '0 0 16px', wordBreak: 'break-all' }}>
        {to}
      </Text>
    </>
  );
}

const DEED: CSSProperties = {
  padding: '12px 20px',
  backgroundColor: LIGHT.indigo,
  color: '#ffffff',
  borderRadius: 6,
  fontSize: 17,
  fontWeight: 600,
};

export function Rows({ children }: { children: ReactNode }) {
  if (useMedium() === 'text')
    return (
      <>
        {children}
        {'\n'}
      </>
    );
  return (
    <table role="presentation" width="100%" cellPadding="0" cellSpacing="0" style={{ margin: '0 0 24px' }}>
      <tbody>{children}</tbody>
    </table>
  );
}

/** `1 × Tea glass (Indigo)  €9.00`; without an amount where none is to be told. */
export function GoodsRow(line: { title: string; options: string; quantity: number; amount?: string }) {
  const { amount } = line;
  if (useMedium() === 'text')
    return <>{`${line.quantity} × ${line.title}${line.options}${amount === undefined ? '' : `  ${amount}`}\n`}</>;
  return (
    <tr>
      <td className="ink line" style={CELL}>
        {line.title}
        <span className="muted" style={{ color: LIGHT.muted }}>
          {line.options}
        </span>
      </td>
      <td className="muted line" style={{ ...CELL, ...AMOUNT, color: LIGHT.muted }}>
        ×&nbsp;{line.quantity}
      </td>
      {amount !== undefined && (
        <td className="ink line" style={{ ...CELL, ...AMOUNT }}>
          {amount}
        </td>
      )}
    </tr>
  );
}

/** One of several lines, as of an address. */
export const Written = ({ children }: { children: ReactNode }) => (
  <>
    {children}
    {useMedium() === 'text' ? '\n' : <br />}
  </>
);

export function SumRow({ label, amount, strong = false }: { label: string; amount: string; strong?: boolean }) {
  if (useMedium() === 'text') return <>{`${label}: ${amount}\n`}</>;
  const weight = strong ? { fontWeight: 600, fontSize: 17 } : {};
  return (
    <tr>
      <td colSpan={2} className="ink line" style={{ ...CELL, ...weight }}>
        {label}
      </td>
      <td className="ink line" style={{ ...CELL, ...AMOUNT, ...weight }}>
        {amount}
      </td>
    </tr>
  );
}

const CELL: CSSProperties = {
  padding: '10px 0',
  borderTop: `1px solid ${LIGHT.line}`,
  verticalAlign: 'top',
  fontSize: 15,
};
const AMOUNT: CSSProperties = {
  textAlign: 'right',
  whiteSpace: 'nowrap',
  fontVariantNumeric: 'tabular-nums',
  paddingLeft: 16,
};

function Unsubscribing({ link }: { link: string }) {
  if (useMedium() === 'text') return <When value={link}>{`\nNo more of these: ${link}\n`}</When>;
  return (
    <When value={link}>
      <Text className="muted" style={{ ...NOTE, margin: '8px 0 0' }}>
        <Link href={link} className="muted" style={{ color: LIGHT.muted, textDecoration: 'underline' }}>
          No more of these
        </Link>
      </Text>
    </When>
  );
}

/** An address of the storefront, e.g. `storefrontLink('/account/verify', { token })`. */
export function storefrontLink(path: string, query: Record<string, string>): string {
  return `${notificationsConfig.storefrontUrl}${path}?${new URLSearchParams(query)}`;
}

/** Where an order is shown; opens it for guests as well. */
export const orderLink = ({ id, accessToken }: { id: string; accessToken: string }): string =>
  storefrontLink(`/order/${encodeURIComponent(id)}`, { token: accessToken });
