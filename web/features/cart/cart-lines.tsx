'use client';

import Link from 'next/link';
import { useActionState } from 'react';
import { useFormStatus } from 'react-dom';
import { MinusIcon, NoticeIcon, PlusIcon } from '#design/icons.tsx';
import { formatMoney } from '#design/money.ts';
import { Picture } from '#design/picture.tsx';
import { inLanguage } from '#features/language/in-language.ts';
import { LOST, orLost } from '#graphql/or-lost.ts';
import { type CartState, setLineQuantity } from './cart.actions.ts';
import { problemWords } from './cart-words.ts';
import type { CartView } from './current-cart.ts';
import { lineTitle } from './line-title.ts';

type Line = CartView['lines'][number];

const MOST_OF_A_LINE = 999;

const setQuantity = orLost(setLineQuantity, (_, form) => ({ lineId: String(form.get('lineId')), refusal: LOST }));

/** What is in the cart. Each line is a form of its own, so it also works where no script runs. */
export function CartLines({ cart }: { cart: CartView }) {
  const [state, act] = useActionState(setQuantity, {});
  return (
    <ul className="divide-y divide-line">
      {cart.lines.map((line) => (
        <li key={line.id} className="animate-arrive py-5">
          <form action={act}>
            <CartLineRow line={line} state={state} />
          </form>
        </li>
      ))}
    </ul>
  );
}

function CartLineRow({ line, state }: { line: Line; state: CartState }) {
  const { pending, data } = useFormStatus();
  // What was asked for is shown at once; what it costs waits for the answer.
  const quantity = pending ? Number(data?.get('quantity')) : line.quantity;
  const refusal = state.lineId === line.id ? state.refusal : undefined;
  const { title } = lineTitle(line);
  return (
    <div className={`flex gap-4 transition-opacity duration-150 ${quantity === 0 ? 'opacity-40' : ''}`}>
      <input type="hidden" name="lineId" value={line.id} />
      <div className="w-20 shrink-0 overflow-hidden rounded-control">
        <Picture image={line.variant?.image} alt="" sizes="80px" />
      </div>
      <div className="min-w-0 flex-1">
        <div className="flex items-start justify-between gap-3">
          <LineTitle line={line} />
          <p className={`money text-small ${pending ? 'opacity-40' : ''}`}>{formatMoney(line.total)}</p>
        </div>
        <p className="text-note text-muted">{line.variant?.options.map(({ value }) => value).join(', ')}</p>
        <div className="mt-2.5 flex items-center justify-between gap-3">
          <Stepper title={title} quantity={quantity} atMost={line.variant?.availability?.quantity ?? MOST_OF_A_LINE} />
          <button
            type="submit"
            name="quantity"
            value="0"
            className="link min-h-9 text-note"
            aria-label={`Remove ${title}`}
          >
            Remove
          </button>
        </div>
        <LineNote words={refusal ?? problemWords(line.problem)} />
      </div>
    </div>
  );
}

function LineTitle({ line }: { line: Line }) {
  const handle = line.variant?.product.handle;
  const { title, titleLocale } = lineTitle(line);
  const name = <span {...inLanguage(titleLocale)}>{title}</span>;
  if (!handle) return <p className="font-medium text-small">{name}</p>;
  return (
    <Link href={`/products/${handle}?variant=${line.variant?.id}`} className="font-medium text-small hover:text-indigo">
      {name}
    </Link>
  );
}

function Stepper({ title, quantity, atMost }: { title: string; quantity: number; atMost: number }) {
  const step = 'grid size-9 place-items-center transition-colors duration-150 hover:text-indigo disabled:text-muted/50';
  return (
    <div className="flex items-center rounded-control border border-line bg-card">
      <button
        type="submit"
        name="quantity"
        value={quantity - 1}
        disabled={quantity < 1}
        className={step}
        aria-label={`One fewer of ${title}`}
      >
        <MinusIcon className="size-4" />
      </button>
      <span className="min-w-7 text-center text-small tabular-nums">
        <span className="sr-only">Quantity: </span>
        {quantity}
      </span>
      <button
        type="submit"
        name="quantity"
        value={quantity + 1}
        disabled={quantity >= Math.min(atMost, MOST_OF_A_LINE)}
        className={step}
        aria-label={`One more of ${title}`}
      >
        <PlusIcon className="size-4" />
      </button>
    </div>
  );
}

function LineNote({ words }: { words: string | undefined }) {
  if (!words) return null;
  return (
    <p role="alert" className="mt-2 flex gap-1.5 text-clay text-small">
      <NoticeIcon className="mt-0.5 size-4.5 shrink-0" />
      {words}
    </p>
  );
}
