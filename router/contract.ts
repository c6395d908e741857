import {
  astFromValue,
  buildSchema,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedDirective,
  isSpecifiedScalarType,
  isUnionType,
  print,
} from 'graphql';

export interface ContractDifference {
  /** In the contract, not in the API yet. */
  readonly missing: readonly string[];
  /** In the API and not in the contract: published without having been agreed. */
  readonly extra: readonly string[];
}

/** Compares an API with its contract, both as SDL; descriptions are left aside. */
export function compareWithContract(apiSdl: string, contractSdl: string): ContractDifference {
  const have = linesOf(buildSchema(apiSdl));
  const want = linesOf(buildSchema(contractSdl));
  return {
    missing: [...want].filter((line) => !have.has(line)),
    extra: [...have].filter((line) => !want.has(line)),
  };
}

/** One line for each thing a client can see: two APIs are equal when these are. */
function linesOf(schema: GraphQLSchema): Set<string> {
  const lines = new Set<string>();
  for (const directive of schema.getDirectives())
    if (!isSpecifiedDirective(directive)) lines.add(`directive @${directive.name}`);
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__') || isSpecifiedScalarType(type)) continue;
    for (const line of linesOfType(type)) lines.add(line);
  }
  return lines;
}

function* linesOfType(type: GraphQLNamedType): Generator<string> {
  yield `${type.constructor.name.replace(/^GraphQL|Type$/g, '').toLowerCase()} ${type}`;
  if (isUnionType(type)) for (const member of type.getTypes()) yield `${type} | ${member}`;
  if (isEnumType(type)) for (const value of type.getValues()) yield `${type}.${value.name}`;
  if (isInputObjectType(type))
    for (const field of Object.values(type.getFields()))
      yield `${type}.${field.name}: ${field.type}${defaultOf(field)}`;
  if (!isObjectType(type) && !isInterfaceType(type)) return;
  for (const implemented of type.getInterfaces()) yield `${type} implements ${implemented}`;
  for (const field of Object.values(type.getFields())) {
    yield `${type}.${field.name}: ${field.type}`;
    for (const argument of field.args)
      yield `${type}.${field.name}(${argument.name}: ${argument.type}${defaultOf(argument)})`;
  }
}

function defaultOf({ defaultValue, type }: GraphQLArgument | GraphQLInputField): string {
  if (defaultValue === undefined) return '';
  const value = astFromValue(defaultValue, type);
  return value ? ` = ${print(value)}` : '';
}
