import { Arg, Field, InputType, Mutation, Resolver } from 'type-graphql';
import { payload } from '#platform/graphql/user-error.type.ts';
import { outboxRows } from '#platform/outbox/announce.ts';
import { CustomerPayload } from './account-payload.type.ts';
import { emailVerified } from './contracts/accounts.ts';
import { shownCustomer } from './customer.loaders.ts';
import { database } from './database.ts';
import { spendMailedToken } from './mailed-token.ts';

@InputType()
export class EmailVerifyInput {
  @Field(() => String)
  token!: string;
}

@Resolver()
export class VerifyEmail {
  @Mutation(() => CustomerPayload)
  emailVerify(@Arg('input', () => EmailVerifyInput) input: EmailVerifyInput) {
    return payload(() => verifyEmail(input));
  }
}

/** Takes the token of the welcome mail, once, as proof that the address is the customer's. */
export async function verifyEmail({ token }: EmailVerifyInput) {
  const row = await database.prisma.$transaction(async (transaction) => {
    const id = await spendMailedToken(transaction, 'EMAIL_VERIFICATION', token);
    const customer = await transaction.customer.update({ where: { id }, data: { emailVerifiedAt: new Date() } });
    const verified = emailVerified({ customerId: id, email: customer.email });
    await transaction.outbox.createMany({ data: outboxRows(verified) });
    return customer;
  });
  return { customer: shownCustomer(row) };
}
