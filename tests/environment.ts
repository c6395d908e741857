import 'reflect-metadata';

process.env.SOUK_SECRET ??= 'a secret of the test suite, long enough for everyone';
process.env.APOLLO_TELEMETRY_DISABLED = 'true';
