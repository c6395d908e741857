import { registerEnumType } from 'type-graphql';

/** What customers may choose to hear of. */
export enum NoticeKind {
  ORDER_UPDATES = 'ORDER_UPDATES',
  BACK_IN_STOCK = 'BACK_IN_STOCK',
  CART_REMINDERS = 'CART_REMINDERS',
}

export enum NoticeChannel {
  EMAIL = 'EMAIL',
  IN_APP = 'IN_APP',
  SMS = 'SMS',
  PUSH = 'PUSH',
}

registerEnumType(NoticeKind, {
  name: 'NotificationKind',
  valuesConfig: {
    ORDER_UPDATES: { description: 'An order was packed, is on its way, has arrived …' },
    BACK_IN_STOCK: { description: 'What was asked for by `stockAlertCreate` is there again.' },
    CART_REMINDERS: { description: 'A cart was left alone.' },
  },
});
registerEnumType(NoticeChannel, { name: 'NotificationChannel' });

/** What there is to choose, and what is usual; what is not listed is never sent. */
export const CHOICES: readonly { kind: NoticeKind; channel: NoticeChannel; usual: boolean; changeable: boolean }[] = [
  // A sale is confirmed in writing (Directive 2011/83/EU, article 8): its mails are no matter of taste.
  { kind: NoticeKind.ORDER_UPDATES, channel: NoticeChannel.EMAIL, usual: true, changeable: false },
  { kind: NoticeKind.ORDER_UPDATES, channel: NoticeChannel.IN_APP, usual: true, changeable: true },
  { kind: NoticeKind.ORDER_UPDATES, channel: NoticeChannel.SMS, usual: false, changeable: true },
  { kind: NoticeKind.ORDER_UPDATES, channel: NoticeChannel.PUSH, usual: false, changeable: true },
  { kind: NoticeKind.BACK_IN_STOCK, channel: NoticeChannel.EMAIL, usual: true, changeable: true },
  { kind: NoticeKind.BACK_IN_STOCK, channel: NoticeChannel.IN_APP, usual: true, changeable: true },
  { kind: NoticeKind.BACK_IN_STOCK, channel: NoticeChannel.SMS, usual: false, changeable: true },
  { kind: NoticeKind.BACK_IN_STOCK, channel: NoticeChannel.PUSH, usual: false, changeable: true },
  { kind: NoticeKind.CART_REMINDERS, channel: NoticeChannel.EMAIL, usual: true, changeable: true },
];
