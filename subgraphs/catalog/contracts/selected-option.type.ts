import { Directive, Field, ObjectType } from 'type-graphql';

@Directive('@shareable')
@ObjectType({ simpleResolvers: true })
export class SelectedOption {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  value!: string;
}
