import { ArgsType, Field } from 'type-graphql';
import { LocaleScalar } from '#platform/graphql/scalars.ts';

@ArgsType()
export class LocaleArgument {
  @Field(() => LocaleScalar, { nullable: true })
  locale?: string | null;
}
