import { Directive, Field, ObjectType } from 'type-graphql';
import { CacheControl } from '#platform/graphql/cache-control.ts';

@Directive('@shareable')
@CacheControl({ inheritMaxAge: true })
@ObjectType({ simpleResolvers: true })
export class SelectedOption {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  value!: string;
}
