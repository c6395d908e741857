import { AttemptLimit } from '#platform/attempts/attempt-limit.ts';

export const signInLimit = new AttemptLimit({ perKey: 10, perKeySeconds: 300, overallPerMinute: 1_200 });
export const registrationLimit = new AttemptLimit({ perKey: 5, perKeySeconds: 900, overallPerMinute: 300 });
export const passwordResetLimit = new AttemptLimit({ perKey: 3, perKeySeconds: 900, overallPerMinute: 300 });
