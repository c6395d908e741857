/** The way to sign in, or to create an account, and from there on to where somebody was. */
export function withNext(path: '/sign-in' | '/register', next: string | undefined): `${typeof path}${string}` {
  return next ? `${path}?${new URLSearchParams({ next })}` : path;
}
