import { Arg, Ctx, Field, FieldResolver, InputType, Mutation, Resolver, Root } from 'type-graphql';
import { Refusal } from '#platform/errors/refusal.ts';
import { Authenticated } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { NotificationDevice, NotificationDevicesPayload } from '../choices/choice.type.ts';
import { NoticeChannel } from '../choices/notice-kind.ts';
import { database } from '../database.ts';
import { CustomerReference } from '../notification.type.ts';

@InputType()
export class NotificationDeviceInput {
  @Field(() => NoticeChannel, { description: 'SMS or PUSH.' })
  channel!: NoticeChannel;

  @Field(() => String, { description: 'A telephone number like +4915112345678, or the token of an app.' })
  address!: string;
}

@Resolver(() => CustomerReference)
export class Devices {
  @FieldResolver(() => [NotificationDevice], { nullable: true })
  notificationDevices(@Root() { id }: CustomerReference) {
    return devicesOf(id);
  }

  @Authenticated()
  @Mutation(() => NotificationDevicesPayload, {
    description: 'Texts or pushes go there as well; what is sent is chosen by `notificationPreferenceSet`.',
  })
  notificationDeviceAdd(
    @Arg('input', () => NotificationDeviceInput) input: NotificationDeviceInput,
    @Ctx() context: Context,
  ) {
    return payload(() => addDevice(context.signedIn().customerId, input));
  }

  @Authenticated()
  @Mutation(() => NotificationDevicesPayload)
  notificationDeviceRemove(
    @Arg('input', () => NotificationDeviceInput) input: NotificationDeviceInput,
    @Ctx() context: Context,
  ) {
    return payload(() => removeDevice(context.signedIn().customerId, input));
  }
}

const MOST = 10;
const FORMS: Partial<Record<NoticeChannel, RegExp>> = {
  // ITU-T E.164: at most fifteen digits, with the country's first.
  SMS: /^\+[1-9]\d{6,14}$/,
  PUSH: /^[\w:.=+/-]{10,400}$/,
};

const devicesOf = (customerId: string) =>
  database.prisma.device.findMany({ where: { customerId }, orderBy: { createdAt: 'asc' } });

async function addDevice(customerId: string, { channel, address }: NotificationDeviceInput) {
  const written = channel === NoticeChannel.SMS ? address.replace(/[\s()./-]/g, '') : address;
  if (!FORMS[channel]?.test(written))
    throw new Refusal('ADDRESS_INVALID', 'Write the number with its country, like +49 151 12345678.', {
      path: ['input', 'address'],
    });
  if ((await database.prisma.device.count({ where: { customerId } })) >= MOST)
    throw new Refusal('DEVICE_LIMIT', `There are ${MOST} already. Remove one.`, { path: ['input', 'address'] });
  await database.prisma.device.createMany({ data: { customerId, channel, address: written }, skipDuplicates: true });
  return { devices: await devicesOf(customerId) };
}

async function removeDevice(customerId: string, { channel, address }: NotificationDeviceInput) {
  if (!address.includes('\0')) await database.prisma.device.deleteMany({ where: { customerId, channel, address } });
  return { devices: await devicesOf(customerId) };
}
