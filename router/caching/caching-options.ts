import type { ChangeChannel } from '#platform/cache/changes.ts';
import type { FarStore } from './far-store.ts';

export interface CachingOptions {
  /** What answers and entities may take in this process, together. Default 64 MiB. */
  readonly maxBytes: number;
  /** How long past its age an answer is still given while it is asked anew, if nothing of it is known to have changed. */
  readonly staleSeconds: number;
  /** Shared with other routers; none by default. */
  readonly far: FarStore | null;
  /** What routers hear of changes, and tell each other. Without it ages alone count, and what this one is told over HTTP. */
  readonly changes: (Pick<ChangeChannel, 'follow'> & Partial<ChangeChannel>) | null;
  /** For `POST /cache/invalidate` as `Authorization: Bearer <secret>`; null serves none. */
  readonly invalidationSecret: string | null;
  /** Whether answers say `x-cache: HIT`, `STALE` or `MISS`. */
  readonly tellCache: boolean;
}

export const DEFAULT_CACHING: CachingOptions = {
  maxBytes: 64 << 20,
  staleSeconds: 30,
  far: null,
  changes: null,
  invalidationSecret: null,
  tellCache: false,
};
