import { Directive, Field, ObjectType } from 'type-graphql';
import { CountryCodeScalar } from '#platform/graphql/scalars.ts';

@Directive('@shareable')
@ObjectType({ simpleResolvers: true })
export class DeliveryAddress {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  line1!: string;

  @Field(() => String, { nullable: true })
  line2?: string | null;

  @Field(() => String)
  city!: string;

  @Field(() => String, { nullable: true })
  region?: string | null;

  @Field(() => String)
  postalCode!: string;

  @Field(() => CountryCodeScalar)
  country!: string;

  @Field(() => String, { nullable: true })
  phone?: string | null;
}
