import { Arg, Directive, Field, ObjectType, Query, Resolver } from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import { DateTimeScalar } from '#platform/graphql/scalars.ts';
import { brokenPaymentInvariants, type PaymentsFinding as Finding } from './payments-invariants.ts';

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
export class PaymentsFinding {
  @Field(() => String)
  invariant!: string;

  @Field(() => String)
  subject!: string;

  @Field(() => String)
  detail!: string;
}

@Resolver()
export class PaymentsAudit {
  @Internal()
  @Query(() => [PaymentsFinding], {
    description:
      'What breaks the invariants of the money that moved in the window, at most 100; empty when all is well.',
  })
  paymentsAudit(
    @Arg('since', () => DateTimeScalar) since: Date,
    @Arg('until', () => DateTimeScalar) until: Date,
  ): Promise<Finding[]> {
    return brokenPaymentInvariants(since, until);
  }
}
