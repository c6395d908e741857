'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { type MouseEvent, useEffect, useRef } from 'react';
import { button } from '#design/button.ts';
import { BasketIcon, CloseIcon } from '#design/icons.tsx';
import { useCartDrawer } from './cart-drawer-state.tsx';
import { CartEmpty } from './cart-empty.tsx';
import { CartLines } from './cart-lines.tsx';
import { CartTotals } from './cart-totals.tsx';
import type { CartView } from './current-cart.ts';

/** The link in the header and the drawer it opens from the right; without scripts the link leads to the page. */
export function CartDrawer({ cart }: { cart: CartView | null }) {
  const { open, setOpen } = useCartDrawer();
  const dialog = useRef<HTMLDialogElement>(null);
  const path = usePathname();

  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: any move to another page closes it
  useEffect(() => setOpen(false), [path]);

  // A link within it may lead to the page that lies below already: to another variant, or to the list one is on.
  const onClick = ({ target }: MouseEvent) => {
    const isBackdrop = target === dialog.current;
    if (isBackdrop || (target as Element).closest('a')?.pathname === path) setOpen(false);
  };

  const filled = cart !== null && cart.lines.length > 0;
  return (
    <>
      <CartLink count={cart?.totalQuantity ?? 0} onOpen={path === '/cart' ? undefined : () => setOpen(true)} />
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself */}
      <dialog
        ref={dialog}
        onClose={() => setOpen(false)}
        onClick={onClick}
        aria-labelledby="drawer-title"
        className="fixed inset-y-0 right-0 left-auto m-0 h-dvh max-h-none w-[min(440px,calc(100vw-40px))] max-w-none translate-x-full bg-paper text-ink shadow-raised transition-[translate,overlay,display] transition-discrete duration-200 ease-out backdrop:bg-ink/25 open:translate-x-0 dark:backdrop:bg-[oklch(0.1_0.01_270/0.55)] starting:open:translate-x-full"
      >
        <div className="flex h-full flex-col">
          <div className="flex items-center justify-between border-b border-line py-3 pr-3 pl-6">
            <h2 id="drawer-title" className="text-lead">
              In your cart
            </h2>
            <button
              type="button"
              onClick={() => setOpen(false)}
              className="grid size-11 place-items-center rounded-control hover:text-indigo"
              aria-label="Close"
            >
              <CloseIcon />
            </button>
          </div>
          {filled ? (
            <>
              <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-6">
                <CartLines cart={cart} />
              </div>
              <div className="border-t border-line px-6 pt-4 pb-6">
                <CartTotals cart={cart} />
                <Link href="/checkout" className={button('primary', 'mt-4 w-full')}>
                  Checkout
                </Link>
              </div>
            </>
          ) : (
            <CartEmpty heading="h2" />
          )}
        </div>
      </dialog>
    </>
  );
}

interface CartLinkProps {
  readonly count: number;
  readonly onOpen?: (() => void) | undefined;
}

export function CartLink({ count, onOpen }: CartLinkProps) {
  return (
    <Link
      href="/cart"
      prefetch={false}
      onClick={(event) => {
        if (!onOpen || event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        onOpen();
      }}
      className="flex min-h-11 items-center gap-2 rounded-control px-2 font-medium text-small transition-colors duration-150 hover:text-indigo"
    >
      <BasketIcon />
      <span className="max-sm:sr-only">Cart</span>
      {count > 0 && (
        <span
          key={count}
          className="grid h-5.5 min-w-5.5 animate-arrive place-items-center rounded-full bg-indigo px-1.5 text-note text-paper tabular-nums"
        >
          {count}
        </span>
      )}
    </Link>
  );
}
