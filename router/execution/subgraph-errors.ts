import { ERRORS, errorCodeDef } from '@apollo/federation-internals';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';

type Path = readonly (string | number)[];

/** An error of a subgraph as the client's answer carries it, at its place there; as the gateway makes it. */
export function subgraphError(
  service: string,
  error: Pick<GraphQLFormattedError, 'message' | 'extensions'>,
  path: Path | undefined,
): GraphQLError {
  const message = error.message || `Error while fetching subquery from service "${service}"`;
  const options = {
    originalError: error as GraphQLError,
    path: path && [...path],
    extensions: { ...error.extensions, serviceName: service },
  };
  const known = errorCodeDef(error);
  if (!known && error.extensions?.code) return new GraphQLError(message, options);
  return (known ?? ERRORS.DOWNSTREAM_SERVICE_ERROR).err(message, options);
}
