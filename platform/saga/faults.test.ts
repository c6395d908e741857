import { expect, test } from 'vitest';
import { within } from './faults.ts';

test('what is late may still fail, unheard', async () => {
  const fails = new Promise<void>((_, reject) => setTimeout(() => reject(new Error('late')), 40));
  await expect(within(10, 'it', fails)).rejects.toThrow('it took longer than 10 ms.');
  await expect(fails).rejects.toThrow('late');
});
