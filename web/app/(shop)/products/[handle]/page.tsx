import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound, permanentRedirect } from 'next/navigation';
import { cache } from 'react';
import { chosenCurrency } from '#features/currency/chosen-currency.ts';
import { Neighbors } from '#features/discovery/neighbors.tsx';
import { NoteBrowsing } from '#features/discovery/note-browsing.tsx';
import { shownIn } from '#features/language/chosen-language.ts';
import { inLanguage } from '#features/language/in-language.ts';
import { ProductView } from '#features/products/product-view.tsx';
import { ReviewsSection } from '#features/reviews/reviews-section.tsx';
import { Wish } from '#features/reviews/wish.tsx';
import { ProductPageDocument, type ProductPageQuery, StockChangedDocument } from '#generated/graphql.ts';
import { liveDocument } from '#graphql/persisted.ts';
import { publicAddressNow } from '#graphql/public-address.ts';
import { request } from '#graphql/request.ts';

type Product = NonNullable<ProductPageQuery['product']>;

const productOf = cache(
  async (handle: string) => (await request(ProductPageDocument, { handle, ...(await shownIn()) })).product,
);

export async function generateMetadata({ params }: PageProps<'/products/[handle]'>): Promise<Metadata> {
  const product = await productOf((await params).handle);
  return product ? { title: product.seo.title, description: product.seo.description } : {};
}

export default async function ProductPage({ params, searchParams }: PageProps<'/products/[handle]'>) {
  const { handle } = await params;
  const product = await productOf(handle);
  if (!product) notFound();
  const { variant, reviews } = await searchParams;
  // A former address, in a link within the shop; `proxy.ts` answers whoever comes from outside.
  if (product.handle !== decodeURIComponent(handle)) permanentRedirect(`/products/${product.handle}`);
  const path = `/products/${product.handle}`;
  return (
    <>
      <Crumbs product={product} />
      <ProductView
        product={product}
        wantedVariantId={typeof variant === 'string' ? variant : undefined}
        live={{
          address: await publicAddressNow(),
          currency: await chosenCurrency(),
          ...liveDocument(StockChangedDocument),
        }}
        attempt={crypto.randomUUID()}
      >
        <Wish productId={product.id} path={path} />
      </ProductView>
      <Details product={product} />
      <ReviewsSection productId={product.id} path={path} after={typeof reviews === 'string' ? reviews : null} />
      <Neighbors productId={product.id} />
      <NoteBrowsing productId={product.id} />
    </>
  );
}

function Crumbs({ product: { category } }: { product: Product }) {
  const trail = [category?.parent, category].filter((step) => step != null);
  return (
    <nav aria-label="Where you are" className="mb-3 text-muted text-small">
      <ol className="flex flex-wrap gap-x-2">
        <li>
          <Link href="/products" className="inline-block py-1 hover:text-ink">
            All goods
          </Link>
        </li>
        {trail.map((step) => (
          <li key={step.handle} className="flex min-w-0 items-center gap-x-2 break-words">
            <span aria-hidden="true">/</span>
            <Link href={`/categories/${step.handle}`} className="inline-block py-1 hover:text-ink">
              <span {...inLanguage(step.titleLocale)}>{step.title}</span>
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Details({ product }: { product: Product }) {
  const weights = new Set(product.variants.nodes.map(({ weightGrams }) => weightGrams));
  const [weight] = weights;
  return (
    <section className="mt-14 grid gap-x-16 gap-y-8 border-t border-line pt-8 md:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]">
      <div>
        <h2 className="mb-3 text-lead">About it</h2>
        <div className="max-w-[66ch] space-y-3 whitespace-pre-line" {...inLanguage(product.descriptionLocale)}>
          {product.description}
        </div>
      </div>
      <dl className="grid content-start grid-cols-[auto_1fr] gap-x-6 gap-y-2 text-small">
        <Fact name="Sold by">{product.seller.name}</Fact>
        {product.brand && <Fact name="Made by">{product.brand}</Fact>}
        {weight && weights.size === 1 && <Fact name="Weight">{weightWords(weight)}</Fact>}
        {product.tags.length > 0 && <Fact name="Kept under">{product.tags.join(', ')}</Fact>}
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: string }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="tabular-nums">{children}</dd>
    </>
  );
}

function weightWords(grams: number): string {
  return grams < 1000 ? `${grams} g` : `${(grams / 1000).toFixed(1)} kg`;
}
