import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { UserError } from '#platform/graphql/user-error.type.ts';
import { Address, Customer } from './customer.type.ts';
import { Session } from './session.type.ts';

export enum AccountErrorCode {
  EMAIL_INVALID = 'EMAIL_INVALID',
  EMAIL_TAKEN = 'EMAIL_TAKEN',
  PASSWORD_TOO_WEAK = 'PASSWORD_TOO_WEAK',
  CREDENTIALS_INVALID = 'CREDENTIALS_INVALID',
  TOKEN_INVALID = 'TOKEN_INVALID',
  TOKEN_EXPIRED = 'TOKEN_EXPIRED',
  ADDRESS_INVALID = 'ADDRESS_INVALID',
  ADDRESS_NOT_FOUND = 'ADDRESS_NOT_FOUND',
  NAME_INVALID = 'NAME_INVALID',
}
registerEnumType(AccountErrorCode, { name: 'AccountErrorCode' });

@ObjectType({ implements: UserError, simpleResolvers: true })
export class AccountError extends UserError {
  @Field(() => AccountErrorCode)
  code!: AccountErrorCode;
}

@ObjectType({ simpleResolvers: true })
export class CustomerCreatePayload {
  @Field(() => Customer, { nullable: true })
  customer?: Customer | null;

  @Field(() => Session, { nullable: true })
  session?: Session | null;

  @Field(() => [AccountError])
  userErrors!: AccountError[];
}

@ObjectType({ simpleResolvers: true })
export class CustomerPayload {
  @Field(() => Customer, { nullable: true })
  customer?: Customer | null;

  @Field(() => [AccountError])
  userErrors!: AccountError[];
}

@ObjectType({ simpleResolvers: true })
export class SessionPayload {
  @Field(() => Session, { nullable: true })
  session?: Session | null;

  @Field(() => [AccountError])
  userErrors!: AccountError[];
}

@ObjectType({ simpleResolvers: true })
export class SessionEndPayload {
  @Field(() => [AccountError])
  userErrors!: AccountError[];
}

@ObjectType({ simpleResolvers: true })
export class PasswordResetRequestPayload {
  @Field(() => [AccountError])
  userErrors!: AccountError[];
}

@ObjectType({ simpleResolvers: true })
export class AddressPayload {
  @Field(() => Address, { nullable: true })
  address?: Address | null;

  @Field(() => [AccountError])
  userErrors!: AccountError[];
}
