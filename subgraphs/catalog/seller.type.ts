import { Directive, Field, ID, ObjectType } from 'type-graphql';

@Directive('@key(fields: "id")')
@ObjectType({ simpleResolvers: true })
export class Seller {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  handle!: string;

  @Field(() => String)
  name!: string;
}
