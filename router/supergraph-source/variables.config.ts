import { ConfigError } from '#platform/config/config-error.ts';

const VARIABLE = /\$\{env\.([A-Za-z_]\w*)(?::-([^}]*))?\}/g;

/** Puts variables of the environment into a text, as Rover and Apollo Router do: `${env.NAME}` and `${env.NAME:-default}`. */
export const withVariables = (text: string, file: string, env: NodeJS.ProcessEnv = process.env): string =>
  text.replace(VARIABLE, (_, name: string, otherwise?: string) => {
    const value = env[name] ?? otherwise;
    if (value === undefined)
      throw new ConfigError(
        `${file} uses the variable ${name}, which is not set: set it, or write \${env.${name}:-default}.`,
      );
    return value;
  });
