import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { UserError } from '#platform/graphql/user-error.type.ts';
import { NoticeChannel, NoticeKind } from './notice-kind.ts';

@ObjectType({ simpleResolvers: true })
export class NotificationPreference {
  @Field(() => NoticeKind)
  kind!: NoticeKind;

  @Field(() => NoticeChannel)
  channel!: NoticeChannel;

  @Field(() => Boolean)
  wanted!: boolean;

  @Field(() => Boolean, { description: 'False for what is always sent, as the mails about an order are.' })
  changeable!: boolean;
}

@ObjectType({ simpleResolvers: true, description: 'Where texts or pushes go.' })
export class NotificationDevice {
  @Field(() => NoticeChannel)
  channel!: NoticeChannel;

  @Field(() => String, { description: 'A telephone number (E.164), or the token of an app.' })
  address!: string;
}

export enum NotificationErrorCode {
  ALWAYS_SENT = 'ALWAYS_SENT',
  NOT_OFFERED = 'NOT_OFFERED',
  ADDRESS_INVALID = 'ADDRESS_INVALID',
  DEVICE_LIMIT = 'DEVICE_LIMIT',
  TOKEN_INVALID = 'TOKEN_INVALID',
  EMAIL_INVALID = 'EMAIL_INVALID',
  IN_STOCK = 'IN_STOCK',
  VARIANT_NOT_FOUND = 'VARIANT_NOT_FOUND',
  ALERT_LIMIT = 'ALERT_LIMIT',
}
registerEnumType(NotificationErrorCode, { name: 'NotificationErrorCode' });

@ObjectType({ implements: UserError, simpleResolvers: true })
export class NotificationUserError extends UserError {
  @Field(() => NotificationErrorCode)
  code!: NotificationErrorCode;
}

@ObjectType({ simpleResolvers: true })
export class NotificationPreferencesPayload {
  @Field(() => [NotificationPreference], { nullable: true })
  preferences?: NotificationPreference[] | null;

  @Field(() => [NotificationUserError])
  userErrors!: NotificationUserError[];
}

@ObjectType({ simpleResolvers: true })
export class NotificationDevicesPayload {
  @Field(() => [NotificationDevice], { nullable: true })
  devices?: NotificationDevice[] | null;

  @Field(() => [NotificationUserError])
  userErrors!: NotificationUserError[];
}

@ObjectType({ simpleResolvers: true })
export class NotificationsUnsubscribePayload {
  @Field(() => NoticeKind, { nullable: true, description: 'Of what no mail is sent any more.' })
  kind?: NoticeKind | null;

  @Field(() => [NotificationUserError])
  userErrors!: NotificationUserError[];
}

@ObjectType({ simpleResolvers: true })
export class StockAlertPayload {
  @Field(() => [NotificationUserError])
  userErrors!: NotificationUserError[];
}
