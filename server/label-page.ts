import type { HttpHandler } from '#platform/graphql/http-routes.ts';
import { pdfPage } from './pdf-page.ts';

export const LABELS = '/labels';

/** `GET /labels/<fulfillment>.pdf?grant=…`: what `read` has for that grant, and 404 without one that holds. */
export const labelPage = (read: (fulfillmentId: string, grant: string) => Promise<string | null>): HttpHandler =>
  pdfPage(LABELS, 'label', read);
