import type { EasyPostAccount } from '../config.ts';
import type { Carrier } from './carrier.ts';

export const easyPost = (_account: EasyPostAccount): Carrier => {
  throw new Error('pending');
};
