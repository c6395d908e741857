import { money } from '#platform/money/money.ts';
import { crashPoint } from '#platform/saga/crash-point.config.ts';
import { type PaymentRecord, paymentOf, providerKey } from './payment.records.ts';
import { providerOf } from './provider/choose-provider.ts';
import type { ProviderPayment } from './provider/payment-provider.ts';
import { withinDeadline } from './provider/within-deadline.ts';
import { captureOf, recordCaptures } from './record-captures.ts';

/** Asks the provider for all that is authorized. */
export async function captureAtProvider(record: PaymentRecord): Promise<ProviderPayment> {
  if (!record.provider_ref) throw new Error(`Payment ${record.id} is not known to the provider.`);
  const amount = money(record.amount, record.currency);
  const answer = await withinDeadline(
    providerOf(record.provider).capture(record.provider_ref, amount, `${providerKey(record)}-capture`),
  );
  crashPoint('payments.capture:answered');
  if (answer.status === 'AUTHORIZED' || answer.status === 'PENDING')
    throw new Error(`The provider did not capture ${record.provider_ref} yet.`);
  if (answer.captured > record.amount)
    throw new Error(`The provider captured more of ${record.id} than was authorized.`);
  return answer;
}

/** A charge is taken at once; the sweeper does it where this process could not. */
export async function captureCharge(record: PaymentRecord): Promise<PaymentRecord> {
  if (record.charge === '' || record.status !== 'AUTHORIZED' || record.voided) return record;
  const answer = await captureAtProvider(record);
  if (answer.status === 'CAPTURED') await recordCaptures([captureOf(record, answer)]);
  return (await paymentOf(record.order_id, record.charge)) ?? record;
}
