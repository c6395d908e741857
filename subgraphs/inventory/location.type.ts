import { Field, ID, Int, ObjectType } from 'type-graphql';

@ObjectType({ simpleResolvers: true, description: 'Where goods lie. `main` is always there.' })
export class Location {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  title!: string;

  @Field(() => Int, { description: 'The lower, the earlier orders are served from here.' })
  priority!: number;
}
