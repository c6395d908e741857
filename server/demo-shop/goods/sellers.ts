import type { DemoSeller } from './good.ts';

export const SELLERS = [
  { handle: 'kalkhof-pottery', name: 'Kalkhof Pottery' },
  { handle: 'benali-and-daughters', name: 'Benali & Daughters' },
  { handle: 'ostermoor-joinery', name: 'Ostermoor Joinery' },
  { handle: 'tamlet-weavers', name: 'Tamlet Weavers' },
  { handle: 'lantern-lane-metalworks', name: 'Lantern Lane Metalworks' },
  { handle: 'sant-orsel-outfitters', name: 'Sant Orsel Outfitters' },
  { handle: 'vellum-and-valve', name: 'Vellum & Valve' },
  { handle: 'green-stair-apothecary', name: 'Green Stair Apothecary' },
] as const satisfies readonly DemoSeller[];
