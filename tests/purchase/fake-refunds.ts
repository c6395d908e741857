import { parseDecimal, toDecimal } from '#platform/money/money.ts';

/** How payments gives money back, in memory: never more than was captured, once a refund. */
export class FakeRefunds {
  readonly captured = new Map<string, bigint>();
  readonly made = new Map<string, { orderId: string; minor: bigint }>();

  readonly answers = {
    paymentTotals: ({ orderIds }: { orderIds: string[] }) => ({
      paymentTotals: orderIds.map((orderId) => ({ orderId, authorized: '0', ...this.#totals(orderId) })),
    }),
    paymentRefund: ({ input }: { input: { orderId: string; refundId: string; amount: string } }) => {
      const { orderId, refundId, amount } = input;
      const { minor } = parseDecimal(amount, 'EUR')!;
      const captured = this.captured.get(orderId) ?? 0n;
      const code = captured === 0n ? 'nothing_captured' : 'amount_too_large';
      const refused = !this.made.has(refundId) && this.#refunded(orderId) + minor > captured;
      if (!refused) this.made.set(refundId, { orderId, minor });
      return {
        paymentRefund: {
          status: refused ? 'REFUSED' : 'SUCCEEDED',
          refusal: refused ? { code, message: 'It is too much.' } : null,
          ...this.#totals(orderId),
        },
      };
    },
  };

  /** In minor units. */
  of(orderId: string): bigint[] {
    return [...this.made.values()].filter((refund) => refund.orderId === orderId).map(({ minor }) => minor);
  }

  #refunded(orderId: string): bigint {
    return this.of(orderId).reduce((a, b) => a + b, 0n);
  }

  #totals(orderId: string) {
    const shown = (minor: bigint) => toDecimal({ minor, currency: 'EUR' });
    return {
      ...{
        captured: shown(this.captured.get(orderId) ?? 0n),
        refunded: shown(this.#refunded(orderId)),
        currency: 'EUR',
      },
      sequence: 1 + this.of(orderId).length,
    };
  }
}
