import { bucket, filesFolder } from './config.ts';
import type { FileStore } from './file-store.ts';
import { localFileStore } from './local-file-store.ts';
import { s3FileStore } from './s3-file-store.ts';

let store: FileStore | undefined;

/** The files of this installation, in its bucket or its folder; asked for when they are first needed. */
export function fileStore(): FileStore {
  store ??= bucket ? s3FileStore(bucket) : localFileStore(filesFolder());
  return store;
}
