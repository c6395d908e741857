import type { Identity } from '#platform/auth/viewer.ts';

const names = new WeakMap<Identity, string>();

/** The same for all that a viewer asks. An identity is made once for some seconds of a viewer's requests. */
export function nameOf(identity: Identity): string {
  let name = names.get(identity);
  if (name === undefined) {
    name = JSON.stringify(identity);
    names.set(identity, name);
  }
  return name;
}
