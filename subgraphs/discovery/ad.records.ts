import type { PlacedAd } from './ad.type.ts';

export interface AdRecord {
  id: string;
  text: string;
  product_id: string | null;
  contexts: string[];
  starts_at: Date;
  ends_at: Date | null;
  impressions: number | null;
  shown: number;
  created_at: Date;
}

export const AD_COLUMNS = 'id, text, product_id, contexts, starts_at, ends_at, impressions, shown, created_at';

export const toAd = ({ id, text, product_id }: Pick<AdRecord, 'id' | 'text' | 'product_id'>) => ({
  ...{ id, text, product: product_id === null ? null : { id: product_id } },
});

export const toPlacedAd = (record: AdRecord): PlacedAd => ({
  ad: toAd(record),
  contexts: record.contexts,
  startsAt: record.starts_at,
  endsAt: record.ends_at,
  impressions: record.impressions,
  shown: record.shown,
});
