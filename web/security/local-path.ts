/** A path of this shop to go on to; anything that could lead to another site becomes `otherwise`. */
export function localPath(wanted: string | undefined, otherwise: string): string {
  return wanted && /^\/(?![/\\])[\w\-./?=&%]*$/.test(wanted) ? wanted : otherwise;
}
