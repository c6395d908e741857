import { Arg, Directive, Field, InputType, Mutation, Resolver } from 'type-graphql';
import { newId } from '#platform/database/id.ts';
import { Refusal } from '#platform/errors/refusal.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { outboxRows } from '#platform/outbox/announce.ts';
import { CustomerCreatePayload } from './account-payload.type.ts';
import { customerRegistered } from './contracts/accounts.ts';
import { registrationLimit } from './credentials/attempt-limit.ts';
import { hashPassword } from './credentials/password-hash.ts';
import { shownCustomer } from './customer.loaders.ts';
import { database } from './database.ts';
import { newMailedToken } from './mailed-token.ts';
import { customerName } from './rules/customer-name.ts';
import { requireEmail } from './rules/email.ts';
import { requireStrongPassword } from './rules/password-policy.ts';
import { newRefreshToken, shownSession } from './session-tokens.ts';

@InputType()
export class CustomerCreateInput {
  @Field(() => String)
  email!: string;

  @Field(() => String)
  password!: string;

  @Field(() => String, { nullable: true })
  name?: string | null;
}

@Resolver()
export class CreateCustomer {
  @Directive('@cost(weight: 50)')
  @Mutation(() => CustomerCreatePayload)
  customerCreate(@Arg('input', () => CustomerCreateInput) input: CustomerCreateInput) {
    return payload(() => createCustomer(input));
  }
}

/** Registers, announces it with the token that proves the address, and signs in. Answers EMAIL_TAKEN, rate-limited. */
export async function createCustomer(input: CustomerCreateInput) {
  const email = requireEmail(input.email);
  const password = requireStrongPassword(input.password, email);
  const name = customerName(input.name);
  await registrationLimit.attempt(email);
  const passwordHash = await hashPassword(password);

  const id = newId('cus');
  const sessionId = newId('ses');
  const refreshToken = newRefreshToken();
  const verification = newMailedToken('EMAIL_VERIFICATION');
  const registered = customerRegistered({ customerId: id, email, name, verificationToken: verification.secret });
  const { prisma } = database;
  const [row] = await prisma
    .$transaction([
      prisma.customer.create({
        data: {
          id,
          email,
          passwordHash,
          name,
          sessions: { create: { id: sessionId, refreshTokens: { create: refreshToken.row } } },
          mailedTokens: { create: verification.row },
        },
      }),
      prisma.outbox.createMany({ data: outboxRows(registered) }),
    ])
    .catch(refuseTakenEmail);
  const customer = shownCustomer(row);
  return { customer, session: await shownSession(customer, sessionId, refreshToken) };
}

/** P2002: a unique constraint of the new customer, which can only be that of the address. */
function refuseTakenEmail(reason: { code?: unknown }): never {
  if (reason.code !== 'P2002') throw reason;
  throw new Refusal('EMAIL_TAKEN', 'This address has an account. Sign in, or reset the password.', {
    path: ['input', 'email'],
  });
}
