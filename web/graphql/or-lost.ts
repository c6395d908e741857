/** What a form says when the browser could not reach even the storefront. */
export const LOST = 'The connection broke before there was an answer. Check it, then press again.';

/**
 * A server action that also answers when the network fails: an error would take the whole page away, and what was typed
 * with it. On the server it stays the action itself, so that its form works without scripts.
 */
export function orLost<State>(
  action: (before: State, form: FormData) => Promise<State>,
  lost: (before: State, form: FormData) => State,
): (before: State, form: FormData) => Promise<State> {
  if (typeof window === 'undefined') return action;
  return async (before, form) => {
    try {
      return await action(before, form);
    } catch (error) {
      if (isLost(error)) return lost(before, form);
      throw error;
    }
  };
}

/** As fetch fails by its standard; what the server threw, and Next's own way to redirect, are no TypeErrors. */
export const isLost = (error: unknown): boolean => error instanceof TypeError;
