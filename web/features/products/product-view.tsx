'use client';

import { type ReactNode, useState } from 'react';
import { formatMoney } from '#design/money.ts';
import { AddToCart } from '#features/cart/add-to-cart.tsx';
import { inLanguage } from '#features/language/in-language.ts';
import { StockAlert } from '#features/notifications/stock-alert.tsx';
import { Stars } from '#features/reviews/stars.tsx';
import type { ProductPageQuery } from '#generated/graphql.ts';
import { Gallery } from './gallery.tsx';
import { OptionPicker } from './option-picker.tsx';
import { type LiveStock, useLiveStock } from './use-live-stock.ts';
import {
  type Choice,
  choiceOf,
  choose,
  firstVariant,
  isBuyable,
  MAILED,
  type StockWords,
  stockWords,
  variantOf,
} from './variant-choice.ts';

type Product = NonNullable<ProductPageQuery['product']>;
type Variant = Product['variants']['nodes'][number];

interface ProductViewProps {
  readonly product: Product;
  readonly wantedVariantId: string | undefined;
  readonly live: LiveStock;
  /** Names the first press of the button, so that a repeated one adds once. */
  readonly attempt: string;
  /** What stands below the button. */
  readonly children?: ReactNode;
}

/** Picture left, decision right: what is chosen, what it costs, whether it is there, and one button. */
export function ProductView({ product, wantedVariantId, live, attempt, children }: ProductViewProps) {
  const [choice, setChoice] = useState<Choice>(() => choiceOf(firstVariant(product.variants.nodes, wantedVariantId)));
  const chosen = variantOf(product.variants.nodes, choice);
  const stock = useLiveStock(chosen?.id, live);
  const variant = chosen && stock?.id === chosen.id ? { ...chosen, ...stock } : chosen;
  const variants = product.variants.nodes.map((one) => (one.id === variant?.id ? variant : one));

  const onChoose = (name: string, value: string) => {
    const next = choose(variants, choice, name, value);
    const id = variantOf(variants, next)?.id;
    setChoice(next);
    // So that a reload, a bookmark and a shared link show what was chosen.
    if (id) history.replaceState(history.state, '', `?variant=${encodeURIComponent(id)}`);
  };

  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-x-12 gap-y-6 md:grid-cols-[minmax(0,7fr)_minmax(0,5fr)] lg:gap-x-16">
      <Gallery images={product.images} chosen={chosen?.image ?? null} title={product.title} />
      <div className="md:sticky md:top-24">
        <p className="text-small text-muted">
          {[product.brand, `sold by ${product.seller.name}`].filter(Boolean).join(', ')}
        </p>
        <h1 className="mt-1.5 text-title md:text-display">
          <span {...inLanguage(product.titleLocale)}>{product.title}</span>
        </h1>
        {product.rating && (
          <a
            href="#reviews"
            className="mt-2 inline-flex min-h-8 items-center gap-2 text-small text-muted hover:text-ink"
          >
            <Stars rating={product.rating.average} />
            {product.rating.count === 1 ? 'one review' : `${product.rating.count} reviews`}
          </a>
        )}
        {variant && <Price variant={variant} isGiftCard={product.isGiftCard} />}
        <div className="mt-6 space-y-5">
          {product.options.map((option) => (
            <OptionPicker
              key={option.name}
              option={option}
              variants={variants}
              choice={choice}
              onChoose={(value) => onChoose(option.name, value)}
            />
          ))}
        </div>
        <div className="mt-6">
          {variant && <Stock stock={product.isGiftCard ? MAILED : stockWords(variant.availability)} />}
          <AddToCart
            productId={product.id}
            variantId={variant?.id}
            disabled={!variant || !isBuyable(variant)}
            attempt={attempt}
          />
          {variant && !isBuyable(variant) && <StockAlert key={variant.id} variantId={variant.id} />}
          {children}
        </div>
      </div>
    </div>
  );
}

function Price({ variant, isGiftCard }: { variant: Variant; isGiftCard: boolean }) {
  return (
    <div className="mt-4 flex flex-wrap items-baseline gap-x-3">
      <p className="money text-title">{formatMoney(variant.price)}</p>
      {variant.compareAtPrice && (
        <p className="text-body text-muted">
          <span className="sr-only">Before: </span>
          <s className="tabular-nums">{formatMoney(variant.compareAtPrice)}</s>
        </p>
      )}
      <p className="text-small text-muted">
        {isGiftCard ? 'Worth what it costs, no delivery' : 'Tax included, delivery extra'}
      </p>
    </div>
  );
}

const TONES = { leaf: 'bg-leaf', clay: 'bg-clay', muted: 'bg-muted' };

function Stock({ stock: { words, tone } }: { stock: StockWords }) {
  return (
    <p className="mb-3 flex items-center gap-2.5 text-small" aria-live="polite" data-testid="stock">
      <span className={`size-2.5 rounded-full ${TONES[tone]}`} />
      {words}
    </p>
  );
}
