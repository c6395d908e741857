export const RETURN_STATUSES = ['REQUESTED', 'APPROVED', 'REJECTED', 'RECEIVED', 'REFUNDED'] as const;

export type ReturnStatus = (typeof RETURN_STATUSES)[number];

/** What may follow what. Everything else is refused. */
export const NEXT_OF_RETURN = {
  REQUESTED: ['APPROVED', 'REJECTED'],
  // Goods that never come, or come broken, are not paid back.
  APPROVED: ['RECEIVED', 'REJECTED'],
  RECEIVED: ['REFUNDED'],
  REJECTED: [],
  REFUNDED: [],
} as const satisfies Record<ReturnStatus, readonly ReturnStatus[]>;

export const returnMayBecome = (from: ReturnStatus, to: ReturnStatus): boolean =>
  (NEXT_OF_RETURN[from] as readonly ReturnStatus[]).includes(to);
