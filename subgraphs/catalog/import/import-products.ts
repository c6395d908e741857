import type { Readable } from 'node:stream';
import { newId } from '#platform/database/id.ts';
import { Refusal } from '#platform/errors/refusal.ts';
import { SHOP } from '#subgraphs/pricing/contracts/shop.ts';
import { type Editor, mayEdit, sellerFor } from '../editing/editor.ts';
import { MAKING } from '../editing/making.ts';
import { lockProducts } from '../editing/product.records.ts';
import { type Edit, editProducts, MOST_EDITS } from '../editing/save-products.ts';
import { attachImagesByUrl, checkImageByUrl, type ImageByUrl } from '../media/attach-images.ts';
import type { ProductState } from '../rules/product-state.ts';
import { blankProduct, reviseProduct } from '../rules/revise-product.ts';
import { type CategoryPaths, readCategoryPaths } from './category-paths.ts';
import { type Header, type ImportProblem, type RowsOfProduct, readProducts, UnreadableFile } from './read-products.ts';
import { placeOf, type RowsWish, wishOfRows } from './wish-of-rows.ts';

export interface Importing {
  readonly editor: Editor;
  /** The handle of the seller of new products; may be left out where there are none, or there can be one only. */
  readonly seller?: string | null | undefined;
  /** Says what would be done, and does nothing. */
  readonly isRehearsal: boolean;
  readonly progress?: (report: ImportReport) => void | Promise<void>;
}

export interface ImportReport {
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  /** Products of which nothing was written. */
  failed: number;
  /** The first `MOST_PROBLEMS`, in the order of the file. */
  problems: ImportProblem[];
  ignoredColumns: readonly string[];
}

export const MOST_PROBLEMS = 1_000;

/**
 * Makes a catalog as a Shopify product CSV says, a hundred products at a time. A product whose rows have a problem is left
 * out and told; a file that was imported already changes nothing. What it does not name stays as it is. Throws a `Refusal`
 * where nobody can tell whose a new product is: the rest of the file is not looked at then.
 */
export async function importProducts(file: Readable, importing: Importing): Promise<ImportReport> {
  const report: ImportReport = {
    ...{ rows: 0, created: 0, updated: 0, unchanged: 0, failed: 0, problems: [], ignoredColumns: [] },
  };
  const sellerId = await sellerOfNew(importing);
  const categories = await readCategoryPaths();
  let header: Header = { columns: new Map(), ignored: [] };
  const batch = new Batch(importing, report, sellerId, categories, () => header);
  try {
    for await (const product of readProducts(file, (found) => {
      header = found;
      report.ignoredColumns = found.ignored;
    })) {
      report.rows += product.rows.length;
      await batch.add(product);
    }
    await batch.write();
  } catch (reason) {
    if (reason instanceof NobodysProduct) throw reason.refusal;
    if (!(reason instanceof UnreadableFile)) throw reason;
    await batch.write();
    report.problems.push(reason.problem);
  }
  report.problems.sort((a, b) => a.line - b.line);
  return report;
}

/** One that is named has to be there; that none is matters once there is a new product. */
const sellerOfNew = ({ editor, seller }: Importing): Promise<string | Refusal> =>
  sellerFor(editor, seller).catch((reason) => {
    if (reason instanceof Refusal && seller == null) return reason;
    throw reason;
  });

class NobodysProduct extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

interface Wished extends RowsWish {
  readonly product: RowsOfProduct;
  /** Undefined where the file names none that there is. */
  readonly categoryId: string | undefined;
  /** Those that can be asked for. */
  readonly pictures: readonly { readonly url: string; readonly alt: string }[];
}

/** What is known of a product before its category and pictures are looked at. */
type Read = Omit<Wished, 'categoryId' | 'pictures'>;

/** Gathers products and writes them together; where names are taken, one by one, so that the others are written. */
class Batch {
  readonly #importing: Importing;
  readonly #report: ImportReport;
  readonly #sellerId: string | Refusal;
  readonly #categories: CategoryPaths;
  readonly #header: () => Header;
  readonly #handles = new Set<string>();
  readonly #skus = new Map<string, string>();
  #gathered: Wished[] = [];

  constructor(
    importing: Importing,
    report: ImportReport,
    sellerId: string | Refusal,
    categories: CategoryPaths,
    header: () => Header,
  ) {
    this.#importing = importing;
    this.#report = report;
    this.#sellerId = sellerId;
    this.#categories = categories;
    this.#header = header;
  }

  async add(product: RowsOfProduct): Promise<void> {
    const wished = { product, ...wishOfRows(product, this.#header(), SHOP.currency) };
    const problems = [...wished.problems, ...this.#repeated(wished)];
    if (problems.length > 0) return this.#fail(problems);
    this.#gathered.push({ ...wished, categoryId: this.#categoryOf(wished), pictures: this.#picturesOf(wished) });
    if (this.#gathered.length === MOST_EDITS) await this.write();
  }

  async write(): Promise<void> {
    const gathered = this.#gathered;
    this.#gathered = [];
    try {
      await this.#writeTogether(gathered);
    } catch (reason) {
      if (!(reason instanceof Refusal)) throw reason;
      for (const one of gathered)
        await this.#writeTogether([one]).catch((refusal) => {
          if (!(refusal instanceof Refusal)) throw refusal;
          this.#refuse(one, refusal);
        });
    }
    await this.#importing.progress?.(this.#report);
  }

  async #writeTogether(gathered: readonly Wished[]): Promise<void> {
    if (gathered.length === 0) return;
    const { editor, isRehearsal } = this.#importing;
    const refused = new Map<Wished, Refusal>();
    const images: ImageByUrl[] = [];
    const decide = async (...[client]: Parameters<Parameters<typeof editProducts>[2]>) => {
      const handles = gathered.map(({ product }) => product.handle);
      const { rows } = await client.query<{ id: string }>(IDS, [handles]);
      const present = await lockProducts(
        client,
        rows.map(({ id }) => id),
      );
      const byHandle = new Map([...present.values()].map((state) => [state.handle, state]));
      return gathered.flatMap((wished): Edit[] => {
        try {
          const edit = this.#editOf(wished, byHandle.get(wished.product.handle) ?? null);
          images.push(...wished.pictures.map((picture) => ({ productId: edit.after.id, ...picture })));
          return [edit];
        } catch (reason) {
          if (!(reason instanceof Refusal)) throw reason;
          refused.set(wished, reason);
          return [];
        }
      });
    };
    const written = await editProducts('UPDATED', { ...editor, source: 'import' }, decide, {
      isRehearsal,
      afterwards: (client) => attachImagesByUrl(client, images),
    });
    const created = written.filter(({ before }) => before === null).length;
    this.#report.created += created;
    this.#report.updated += written.length - created;
    this.#report.unchanged += gathered.length - written.length - refused.size;
    for (const [wished, refusal] of refused) this.#refuse(wished, refusal);
  }

  #editOf(wished: Wished, before: ProductState | null): Edit {
    const { handle } = wished.product;
    if (before && !mayEdit(this.#importing.editor, before))
      throw new Refusal('HANDLE_TAKEN', `Another seller has the handle ${handle}.`, { path: ['input', 'handle'] });
    if (!before && wished.giftCard && this.#importing.editor.sellerIds !== null)
      throw new Refusal('NOT_ALLOWED', 'The shop itself answers for gift cards: only its staff makes them.', {
        path: ['input', 'giftCard'],
      });
    const blank = before ?? { ...blankProduct(newId('prod'), handle, this.#sellerOfNew()), giftCard: wished.giftCard };
    const wish = before
      ? wished.wish
      : { ...wished.wish, title: wished.wish.title ?? '', description: wished.wish.description ?? '' };
    const revised = reviseProduct(blank, { ...wish, categoryId: wished.categoryId }, MAKING);
    const published = wished.published ?? blank.published;
    const after = { ...revised, published, publishAt: published ? null : revised.publishAt };
    const onHand = new Map(after.variants.map(({ id, sku }) => [id, wished.onHand.get(sku) ?? 0]));
    return { before, after, onHand };
  }

  #sellerOfNew(): string {
    if (this.#sellerId instanceof Refusal) throw new NobodysProduct(this.#sellerId);
    return this.#sellerId;
  }

  /** Shopify's own categories are hardly the shop's: one that there is not is told, and keeps no product out. */
  #categoryOf({ category, product, variantRows }: Read): string | undefined {
    if (category === null) return undefined;
    const id = this.#categories.idOf(category);
    if (id === null) {
      const message = `There is no category ${category.slice(0, 120)}: the product is left where it is.`;
      const place = placeOf(['input', 'category'], product.rows, variantRows, this.#header());
      this.#note([{ ...place, code: 'CATEGORY_NOT_FOUND', message }]);
    }
    return id ?? undefined;
  }

  /** A picture that cannot be asked for is told, and keeps no product out. */
  #picturesOf({ images }: Read): Wished['pictures'] {
    return images.flatMap(({ row, url, alt }) => {
      try {
        checkImageByUrl({ productId: '', url, alt });
        return [{ url, alt }];
      } catch (reason) {
        if (!(reason instanceof Refusal)) throw reason;
        const field = reason.code === 'ALT_INVALID' ? 'imageAlt' : 'imageUrl';
        const column = this.#header().columns.get(field) ?? null;
        this.#note([{ line: row.line, column, code: reason.code, message: reason.message }]);
        return [];
      }
    });
  }

  /** Names that the file uses twice: seen here, as the one before may be in a rehearsal that was taken back. */
  #repeated({ product: { handle, rows }, wish, variantRows }: Read): ImportProblem[] {
    const again = (path: string[], code: string, message: string): ImportProblem => ({
      ...placeOf(['input', ...path], rows, variantRows, this.#header()),
      ...{ code, message },
    });
    if (!handle) return [again(['handle'], 'HANDLE_INVALID', 'The row names no handle.')];
    if (this.#handles.has(handle))
      return [again(['handle'], 'HANDLE_TAKEN', `The rows of ${handle} do not stand together.`)];
    this.#handles.add(handle);
    return (wish.variants ?? []).flatMap(({ sku }, at) => {
      const other = this.#skus.get(sku);
      if (other === undefined) this.#skus.set(sku, handle);
      if (other === undefined || other === handle) return [];
      return [again(['variants', String(at), 'sku'], 'SKU_TAKEN', `The file sells ${sku} as ${other} already.`)];
    });
  }

  #refuse({ product, wish, variantRows }: Wished, { code, message, path, details }: Refusal): void {
    // The database names the SKU that is taken, not its place.
    const at = wish.variants?.findIndex(({ sku }) => sku === details.sku) ?? -1;
    const exact = at < 0 ? path : ['input', 'variants', String(at), 'sku'];
    this.#fail([{ ...placeOf(exact, product.rows, variantRows, this.#header()), code, message }]);
  }

  #fail(problems: readonly ImportProblem[]): void {
    this.#report.failed += 1;
    this.#note(problems);
  }

  #note(problems: readonly ImportProblem[]): void {
    const room = MOST_PROBLEMS - this.#report.problems.length;
    this.#report.problems.push(...problems.slice(0, room));
  }
}

const IDS = 'SELECT id FROM product WHERE handle = ANY($1::text[]) AND deleted_at IS NULL';
