import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Identity } from '#platform/auth/viewer.ts';
import { verifyViewerToken } from '#platform/auth/viewer-token.ts';
import { changesOver } from '#platform/cache/changes.ts';
import { inProject } from '#platform/config/root.ts';
import { Denied } from '#platform/errors/denied.ts';
import { serveFiles } from '#platform/files/serve-files.ts';
import { Context } from '#platform/graphql/context.ts';
import type { HttpRoutes } from '#platform/graphql/http-routes.ts';
import { live } from '#platform/live/live.ts';
import type { Running } from '#platform/subgraph/subgraph.ts';
import type { SubgraphTransport } from '#platform/transport/transport.ts';
import { type AdmissionFallback, readAdmissionConfig } from '#router/admission.config.ts';
import { openAdmission } from '#router/admission-options.ts';
import { readCachingConfig } from '#router/caching/caching.config.ts';
import { openCaching } from '#router/caching/open-caching.ts';
import { startRouter } from '#router/router.ts';
import { mailbox } from '#subgraphs/notifications/contracts/mailbox.ts';
import { notificationsUnsubscribe } from '#subgraphs/notifications/contracts/unsubscribe.ts';
import { devMailbox } from '#subgraphs/notifications/dev-mailbox.ts';
import { invoicePdf } from '#subgraphs/orders/contracts/invoice-pdf.ts';
import { paymentWebhook } from '#subgraphs/payments/contracts/payment-webhook.ts';
import { testPaymentAnswer } from '#subgraphs/payments/contracts/payments.ts';
import { challengePage } from '#subgraphs/payments/provider/test/challenge-page.ts';
import { carrierWebhook } from '#subgraphs/shipping/contracts/carrier-webhook.ts';
import { fulfillmentLabel } from '#subgraphs/shipping/contracts/fulfillment-label.ts';
import { CARRIER_WEBHOOKS, carrierWebhooks } from './carrier-webhook.ts';
import { LABELS, labelPage } from './label-page.ts';
import type { PartsConfig } from './parts.config.ts';
import { PAYMENT_WEBHOOKS, paymentWebhooks } from './payment-webhook.ts';
import { pdfPage } from './pdf-page.ts';
import { staffPages } from './staff/staff-pages.ts';
import { UNSUBSCRIBE, unsubscribePage } from './unsubscribe-page.ts';

/** The router, with the pages that stand beside the graph on its port. */
export async function startRouterPart(config: PartsConfig, transport: SubgraphTransport): Promise<Running> {
  const admission = await openAdmission(readAdmissionConfig(admissionFallback(config)));
  const router = await startRouter({
    ...admission,
    supergraphSdl: await readFile(config.supergraph, 'utf8'),
    transport,
    caching: openCaching(readCachingConfig(), changesOver(live)),
    port: config.routerPort,
    ...(config.host === undefined ? {} : { host: config.host }),
    verifyViewer,
    corsOrigins: config.corsOrigins,
    playground: config.playground,
    playgroundExamples: config.playgroundExamples,
    routes: pages(config, transport),
    isReady: () => true,
  });
  admission.follow(router);
  return {
    async stop() {
      await router.close();
      admission.close();
    },
  };
}

/** What the storefront may ask, written by its build. */
const STOREFRONT_MANIFEST = 'web/generated/persisted-query-manifest.json';

function admissionFallback({ playground, production }: PartsConfig): AdmissionFallback {
  const file = inProject(STOREFRONT_MANIFEST);
  const manifest = existsSync(file) ? file : null;
  return {
    // The playground is of no use without it.
    introspection: playground !== null,
    safelist: { mode: production && manifest ? 'enforced' : 'off', clients: ['storefront'], manifest },
  };
}

const INVOICES = '/invoices';

const SERVER: Identity = { viewer: null, caller: 'server' };

function pages(config: PartsConfig, transport: SubgraphTransport): HttpRoutes {
  const server = new Context('server', transport, SERVER);
  const challenge = challengePage(async (payment, secret, approved) => {
    return (await server.ask(testPaymentAnswer, { payment, secret, approved })).testPaymentAnswer;
  });
  const mail = devMailbox(async () => (await server.ask(mailbox, { first: 200 })).mailbox);
  return {
    ...serveFiles,
    '/test-provider/challenge': challenge,
    '/staff': staffPages(transport),
    [CARRIER_WEBHOOKS]: carrierWebhooks(async (input) => (await server.ask(carrierWebhook, { input })).carrierWebhook),
    [PAYMENT_WEBHOOKS]: paymentWebhooks(async (input) => (await server.ask(paymentWebhook, { input })).paymentWebhook),
    [INVOICES]: pdfPage(
      INVOICES,
      'invoice',
      async (id, grant) => (await server.ask(invoicePdf, { id, grant })).invoicePdf,
    ),
    [LABELS]: labelPage(async (id, grant) => (await server.ask(fulfillmentLabel, { id, grant })).fulfillmentLabel),
    [UNSUBSCRIBE]: unsubscribePage(config.storefrontUrl, async (token) => {
      const { notificationsUnsubscribe: done } = await server.ask(notificationsUnsubscribe, { input: { token } });
      return done.userErrors.length === 0;
    }),
    ...(config.devMailbox ? { '/dev/mail': mail, '/dev/mail.json': mail } : {}),
  };
}

async function verifyViewer(authorization: string) {
  const token = /^Bearer (\S+)$/i.exec(authorization)?.[1];
  const viewer = token ? await verifyViewerToken(token) : null;
  if (!viewer)
    throw new Denied('UNAUTHENTICATED', 'The access token is not valid, or has expired: refresh the session.');
  return viewer;
}
