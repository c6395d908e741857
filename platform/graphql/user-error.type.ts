import { Field, InterfaceType } from 'type-graphql';
import { Refusal } from '#platform/errors/refusal.ts';

@InterfaceType('UserError', {
  description:
    'Why a mutation was refused. `path` leads into the input, e.g. ["input", "lines", "0", "quantity"]; each type adds a `code`.',
  resolveType: () => {
    throw new Error('Every payload names its own error type.');
  },
})
export abstract class UserError {
  @Field(() => String)
  message!: string;

  @Field(() => [String], { nullable: true })
  path?: string[] | null;
}

/**
 * Runs a mutation's deed: what it returns goes into the payload, a `Refusal` becomes its one userError, and anything
 * else is a fault.
 */
export async function payload<Done extends object>(deed: () => Promise<Done>): Promise<Done & { userErrors: never[] }> {
  try {
    return { ...(await deed()), userErrors: [] };
  } catch (reason) {
    if (!(reason instanceof Refusal)) throw reason;
    const { payload: known, ...details } = reason.details as { payload?: object };
    const error = { code: reason.code, message: reason.message, path: reason.path ?? null, ...details };
    // `details.payload` is what a refusal shows beside its reason, e.g. the order that a closed cart became.
    return { ...known, userErrors: [error] } as unknown as Done & { userErrors: never[] };
  }
}
