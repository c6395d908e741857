import { Refusal } from '#platform/errors/refusal.ts';

export interface TaxRateWish {
  readonly country: string;
  readonly categoryId?: string | null | undefined;
  readonly title: string;
  /** A fraction of 1 as a decimal. */
  readonly rate: string;
  readonly included?: boolean | null | undefined;
  readonly validFrom?: Date | null | undefined;
}

const UNWRITABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u;
const MOST_TITLE = 60;
const MOST_ID_LENGTH = 100;
const RATE = /^(0|1)(?:\.(\d{1,4}))?0*$/;

/** A row of the tax table. Throws a `Refusal` that names the field and the mend. */
export function newTaxRate(wish: TaxRateWish, today: Date) {
  const title = wish.title.length > 4 * MOST_TITLE ? '' : wish.title.trim().normalize('NFC');
  if (!title || title.length > MOST_TITLE || UNWRITABLE.test(title))
    throw refused('TITLE_INVALID', 'title', `Write a title in one line of at most ${MOST_TITLE} characters, e.g. VAT.`);
  const categoryId = wish.categoryId ?? '';
  if (wish.categoryId === '' || categoryId.length > MOST_ID_LENGTH || UNWRITABLE.test(categoryId))
    throw refused('CATEGORY_INVALID', 'categoryId', "Give the category's id as the catalog gives it, or leave it out.");
  if (categoryId && wish.included != null)
    throw refused(
      'INCLUDED_INVALID',
      'included',
      'Whether prices contain the tax is said with the standard rate alone.',
    );
  return {
    ...{ country: wish.country, categoryId, title, rate: rateOf(wish.rate), included: wish.included ?? true },
    validFrom: dayOf(wish.validFrom ?? today),
  };
}

/** `0.19` → 1900. */
function rateOf(text: string): number {
  const match = RATE.exec(text);
  const rate = match ? Number(match[1]) * 10_000 + Number((match[2] ?? '').padEnd(4, '0')) : Number.NaN;
  if (rate <= 10_000) return rate;
  throw refused('RATE_INVALID', 'rate', 'rate is a fraction from 0 to 1 with at most four decimals, e.g. 0.19.');
}

const dayOf = (time: Date): Date => new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth(), time.getUTCDate()));

const refused = (code: string, field: string, message: string) =>
  new Refusal(code, message, { path: ['input', field] });
