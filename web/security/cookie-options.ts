/** For every cookie that holds a secret. Lax, so that a link from a mail still finds the shopper signed in. */
export function cookieOptions(secure: boolean) {
  return { httpOnly: true, sameSite: 'lax', path: '/', secure } as const;
}

/** Over plain http a Secure cookie would be dropped, and the shop must work on localhost and in a home network. */
export function isSecure(headers: Headers | { get(name: string): string | null }): boolean {
  return headers.get('x-forwarded-proto')?.split(',')[0]?.trim() === 'https';
}
