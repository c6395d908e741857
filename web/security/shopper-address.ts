/** What the router is told of where a request came from. */
export function addressHeader(received: { get(name: string): string | null }): Record<string, string> {
  const addresses = received.get('x-forwarded-for');
  return addresses ? { 'x-forwarded-for': addresses } : {};
}
