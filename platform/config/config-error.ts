/** Something the person who starts Souk can mend: its message is one sentence, shown without a stack trace. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** By name, since the launcher and the bundle that it loads have a copy of the class each. */
export const isConfigError = (error: unknown): error is ConfigError =>
  error instanceof Error && error.name === 'ConfigError';
