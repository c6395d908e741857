/** Where pictures lie. A key is a relative path such as `goods/linen-shirt-3f9a1c0b.webp`; its content never changes. */
export interface FileStore {
  /** `content` is seen whole or not at all. */
  put(key: string, content: Buffer): Promise<void>;
  /** Null where there is no such file, or no such key could be. */
  get(key: string): Promise<Buffer | null>;
  has(key: string): Promise<boolean>;
  /** Those that are not there are no fault. At most 1,000. */
  remove(keys: readonly string[]): Promise<void>;
}

const KEY = /^[a-z0-9][a-z0-9-]*(\/[a-z0-9][a-z0-9-]*){0,7}\.[a-z0-9]{1,8}$/;

/** Small letters, digits, hyphens and folders of those: nothing that leads out of the store, or into what is hidden. */
export const isFileKey = (key: string): boolean => key.length <= 200 && KEY.test(key);

/** For writers, whose keys are their own: a wrong one is a bug. */
export function requireFileKey(key: string): void {
  if (!isFileKey(key)) throw new Error(`${JSON.stringify(key)} is no key of a file.`);
}
