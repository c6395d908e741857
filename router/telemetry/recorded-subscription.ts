import { createHash } from 'node:crypto';
import { type DocumentNode, type FormattedExecutionResult, GraphQLError, getOperationAST } from 'graphql';
import type { RouterLog } from '../log.ts';
import { report } from './recorded-http.ts';
import type { RequestRecord } from './request-record.ts';
import { countDroppedSubscriber } from './router-metrics.ts';

/** What a record tells of a subscription from its beginning. */
export function noteSubscription(
  record: RequestRecord,
  { query, document, operationName }: { query: string; document: DocumentNode; operationName: string | undefined },
): void {
  const name = getOperationAST(document, operationName)?.name?.value ?? null;
  record.operation = { name, kind: 'subscription' };
  record.hash = createHash('sha256').update(query).digest('hex');
}

/** Of one that was refused, with what the client was told. */
export function reportRefused(log: RouterLog, record: RequestRecord, { errors = [] }: FormattedExecutionResult): void {
  for (const { extensions } of errors) record.codes.add(String(extensions?.code ?? 'INTERNAL'));
  reportUnlessStreamed(log, record);
}

/** A subscription has its line when it ends, with how long it lasted. `reason` is what it failed with. */
export function reportEnded(log: RouterLog, record: RequestRecord, reason: unknown): void {
  if (reason !== undefined) {
    const code = reason instanceof GraphQLError ? reason.extensions.code : undefined;
    record.codes.add(typeof code === 'string' ? code : 'INTERNAL');
    if (code === 'SUBSCRIPTION_SLOW_CONSUMER') countDroppedSubscriber();
  }
  reportUnlessStreamed(log, record);
}

/** A streamed answer is an answer over HTTP, and reported as such when it ends. */
function reportUnlessStreamed(log: RouterLog, record: RequestRecord): void {
  if (record.protocol === 'websocket') report(log, record, null, 200);
}
