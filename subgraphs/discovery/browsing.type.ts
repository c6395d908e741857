import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { UserError } from '#platform/graphql/user-error.type.ts';

export enum BrowsingErrorCode {
  VISITOR_INVALID = 'VISITOR_INVALID',
  PRODUCT_NOT_FOUND = 'PRODUCT_NOT_FOUND',
  QUERY_INVALID = 'QUERY_INVALID',
}
registerEnumType(BrowsingErrorCode, { name: 'BrowsingErrorCode' });

@ObjectType({ implements: UserError, simpleResolvers: true })
export class BrowsingError extends UserError {
  @Field(() => BrowsingErrorCode)
  code!: BrowsingErrorCode;
}

@ObjectType({ simpleResolvers: true })
export class BrowsingPayload {
  @Field(() => Boolean, { nullable: true, description: 'Null when it was refused.' })
  recorded?: boolean | null;

  @Field(() => [BrowsingError])
  userErrors!: BrowsingError[];
}

@ObjectType({ simpleResolvers: true })
export class BrowsingForgetPayload {
  @Field(() => Boolean, { nullable: true, description: 'Null when it was refused.' })
  forgotten?: boolean | null;

  @Field(() => [BrowsingError])
  userErrors!: BrowsingError[];
}
