import { GraphQLError } from 'graphql';

export type DenialCode = 'UNAUTHENTICATED' | 'FORBIDDEN' | 'RATE_LIMITED' | 'OVERLOADED' | 'BAD_USER_INPUT';

/** A request that may not be answered at all: it goes into `errors`, unmasked, with its code. */
export class Denied extends GraphQLError {
  constructor(code: DenialCode, sentence: string, extensions: Record<string, unknown> = {}) {
    super(sentence, { extensions: { code, ...extensions } });
  }
}
