/** Where the router reports; pino's loggers fit. */
export interface RouterLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}
