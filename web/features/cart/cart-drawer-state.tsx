'use client';

import { createContext, type ReactNode, useContext, useState } from 'react';

interface DrawerState {
  readonly open: boolean;
  setOpen(open: boolean): void;
}

const DrawerContext = createContext<DrawerState>({ open: false, setOpen: () => undefined });

/** Lets the button on a product page open the drawer in the header. */
export function CartDrawerState({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState(false);
  return <DrawerContext value={{ open, setOpen }}>{children}</DrawerContext>;
}

export function useCartDrawer(): DrawerState {
  return useContext(DrawerContext);
}
