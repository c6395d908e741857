/** Something the person who starts Souk can mend: its message is one sentence, shown without a stack trace. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
