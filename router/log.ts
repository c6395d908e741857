/** Where the router reports; pino's loggers fit. */
export interface RouterLog {
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}
