import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import type { HeadersFor } from '../data-source.ts';

/** Of one connection or of one body: never those of another. */
const RESERVED = new Set([
  'accept',
  'accept-encoding',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const Name = z
  .string()
  .regex(/^[!#$%&'*+.^_`|~\w-]+$/, 'must be the name of a header')
  .toLowerCase()
  .refine((name) => !RESERVED.has(name), 'is a header of the connection itself and cannot be set');

const Value = z.string().regex(/^[\t\x20-\x7e]*$/, 'must be printable ASCII');

const Pattern = z.string().transform((text, context) => {
  try {
    return new RegExp(text, 'i');
  } catch {
    context.addIssue({ code: 'custom', message: 'must be a regular expression' });
    return z.NEVER;
  }
});

const Matching = z.strictObject({ matching: Pattern });
const Named = z.strictObject({ named: Name });

const Rule = z.union([
  z.strictObject({
    propagate: z.union([Matching, Named.extend({ rename: Name.optional(), default: Value.optional() })]),
  }),
  z.strictObject({ insert: z.strictObject({ name: Name, value: Value }) }),
  z.strictObject({ remove: z.union([Matching, Named]) }),
]);
type Rule = z.output<typeof Rule>;

/** What the router itself says of an answer: of its body, its age, and who may read it. */
const isOfAnswer = (name: string): boolean => /^(?:access-control-.*|age|cache-control|etag|vary|x-cache)$/.test(name);

/** Whether it says something of one connection or of one body. */
export const isOfConnection = (name: string): boolean => RESERVED.has(name) || isOfAnswer(name);

const AnswerName = Name.refine((name) => !isOfAnswer(name), 'is a header that the router writes itself');
const Merged = z.strictObject({ algorithm: z.enum(['first', 'last', 'append']).default('last') });

const ResponseRule = z.union([
  z.strictObject({
    propagate: z.union([
      Merged.extend({ matching: Pattern }),
      Merged.extend({ named: AnswerName, rename: AnswerName.optional(), default: Value.optional() }),
    ]),
  }),
  z.strictObject({ insert: z.strictObject({ name: AnswerName, value: Value }) }),
  z.strictObject({ remove: z.union([Matching, Named]) }),
]);
export type ResponseRule = z.output<typeof ResponseRule>;

const Rules = z.strictObject({
  request: z.array(Rule).max(100).default([]),
  response: z.array(ResponseRule).max(100).default([]),
});

/**
 * What subgraphs are told of a client's headers, and clients of subgraphs': nothing, but for these rules. They are written and
 * work as Apollo Router's: in order, those of `all` before those of a subgraph, and a header is propagated once.
 * Apollo's has none for answers: those are written alike, and `algorithm` says which of several subgraphs' is told.
 * https://www.apollographql.com/docs/graphos/routing/header-propagation
 */
export const HeaderRules = z.strictObject({
  all: Rules.prefault({}),
  subgraphs: z.record(z.string(), Rules).default({}),
});
export type HeaderRules = z.output<typeof HeaderRules>;

export function headersByRules({ all, subgraphs }: HeaderRules): HeadersFor {
  const rulesOf = (subgraph: string) => [...all.request, ...(subgraphs[subgraph]?.request ?? [])];
  const known = new Map<string, readonly Rule[]>();
  return (subgraph, received) => {
    let rules = known.get(subgraph);
    if (!rules) {
      rules = rulesOf(subgraph);
      known.set(subgraph, rules);
    }
    return rules.length > 0 ? applied(rules, received) : undefined;
  };
}

function applied(rules: readonly Rule[], received: IncomingHttpHeaders): Record<string, string> {
  const headers: Record<string, string> = {};
  const propagated = new Set<string>();
  const propagate = (name: string, as: string, otherwise?: string) => {
    if (propagated.has(name)) return;
    const value = received[name] ?? otherwise;
    if (value === undefined) return;
    headers[as] = Array.isArray(value) ? value.join(', ') : value;
    propagated.add(name);
  };
  for (const rule of rules) {
    if ('insert' in rule) headers[rule.insert.name] = rule.insert.value;
    else if ('remove' in rule) {
      const { remove } = rule;
      for (const name of Object.keys(headers))
        if ('named' in remove ? name === remove.named : remove.matching.test(name)) delete headers[name];
    } else if ('named' in rule.propagate) {
      const { named, rename = named, default: otherwise } = rule.propagate;
      propagate(named, rename, otherwise);
    } else {
      for (const name of Object.keys(received))
        if (!RESERVED.has(name) && rule.propagate.matching.test(name)) propagate(name, name);
    }
  }
  return headers;
}
