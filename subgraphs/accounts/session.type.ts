import { Field, ObjectType } from 'type-graphql';
import { DateTimeScalar } from '#platform/graphql/scalars.ts';
import { Customer } from './customer.type.ts';

@ObjectType({
  simpleResolvers: true,
  description:
    '`accessToken` goes into `Authorization: Bearer …`, and into `connection_init` as `authorization: "Bearer …"`.',
})
export class Session {
  @Field(() => String)
  accessToken!: string;

  @Field(() => DateTimeScalar)
  expiresAt!: Date;

  @Field(() => String)
  refreshToken!: string;

  @Field(() => DateTimeScalar)
  refreshTokenExpiresAt!: Date;

  @Field(() => Customer)
  customer!: Customer;
}
