import type { Viewer } from '#platform/auth/viewer.ts';
import type { Context } from '#platform/graphql/context.ts';
import { crashPointsOf, type Saga, sweep } from '#platform/saga/saga.ts';
import { cancelSaga } from './cancel/cancel.saga.ts';
import { checkoutSaga } from './checkout/checkout.saga.ts';
import { editSaga } from './edits/edit.saga.ts';
import { refundSaga } from './refunds/refund.saga.ts';
import { restockSaga } from './returns/restock.saga.ts';

interface AnySaga {
  readonly name: string;
  /** Takes over those whose process is gone; tells whether there may be more. */
  readonly sweep: () => Promise<boolean>;
  readonly crashPoints: readonly string[];
}

/** The only list of this subgraph's sagas: sweepers and fault tests derive from it. */
export function sagas(contextFor: (viewer: Viewer | null) => Context): AnySaga[] {
  const forNobody = () => contextFor(null);
  return [
    anySaga(checkoutSaga(contextFor)),
    anySaga(cancelSaga(forNobody)),
    anySaga(editSaga(forNobody)),
    anySaga(refundSaga(forNobody)),
    anySaga(restockSaga(forNobody)),
  ];
}

/** The names of all points where a process can be told to end, for `CRASH_AT`. */
export const crashPoints = (): string[] => sagas(nobody).flatMap((saga) => saga.crashPoints);

const anySaga = <State>(saga: Saga<State>): AnySaga => ({
  name: saga.name,
  sweep: () => sweep(saga),
  crashPoints: crashPointsOf(saga),
});

const nobody = (): never => {
  throw new Error('Only the names of the steps are wanted.');
};
