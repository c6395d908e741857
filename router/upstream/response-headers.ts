import type { ServerResponse } from 'node:http';
import type { RequestRecord } from '../telemetry/request-record.ts';
import { type HeaderRules, isOfConnection, type ResponseRule } from './header-rules.ts';

type Received = Readonly<Record<string, string | string[] | undefined>>;
type Values = readonly string[];
type Merge = 'first' | 'last' | 'append';

/** Each cookie is a header of its own (RFC 6265, 3). */
const COOKIE = 'set-cookie';

/**
 * What clients are told of the headers that subgraphs answer with: nothing, but for the rules. Answers of one request are
 * merged in the order in which they come.
 */
export class ResponseHeaders {
  readonly #rulesOf: (subgraph: string) => readonly ResponseRule[];
  readonly #collected = new WeakMap<RequestRecord, Map<string, Values>>();

  private constructor(rulesOf: (subgraph: string) => readonly ResponseRule[]) {
    this.#rulesOf = rulesOf;
  }

  /** Null where no rule speaks of answers. */
  static by({ all, subgraphs }: HeaderRules): ResponseHeaders | null {
    const some = [all, ...Object.values(subgraphs)].some(({ response }) => response.length > 0);
    return some ? new ResponseHeaders((name) => [...all.response, ...(subgraphs[name]?.response ?? [])]) : null;
  }

  /** Notes what a subgraph has answered to a request. */
  collect(subgraph: string, record: RequestRecord, received: Received): void {
    const collected = this.#collected.get(record) ?? new Map<string, Values>();
    this.#collected.set(record, collected);
    for (const [name, { values, merge }] of chosen(this.#rulesOf(subgraph), received)) {
      const had = collected.get(name);
      if (had && (merge === 'append' || name === COOKIE)) collected.set(name, [...had, ...values]);
      else if (!had || merge === 'last') collected.set(name, values);
    }
  }

  /** Puts them into the answer. */
  apply(record: RequestRecord, response: ServerResponse): void {
    for (const [name, values] of this.#collected.get(record) ?? [])
      response.setHeader(name, name === COOKIE ? values : values.join(', '));
  }
}

function chosen(rules: readonly ResponseRule[], received: Received) {
  const headers = new Map<string, { readonly values: Values; readonly merge: Merge }>();
  const propagate = (name: string, as: string, merge: Merge, otherwise?: string) => {
    const values = [received[name] ?? otherwise ?? []].flat();
    if (values.length > 0) headers.set(as, { values, merge });
  };
  for (const rule of rules) {
    if ('insert' in rule) headers.set(rule.insert.name, { values: [rule.insert.value], merge: 'last' });
    else if ('remove' in rule) {
      const { remove } = rule;
      for (const name of [...headers.keys()])
        if ('named' in remove ? name === remove.named : remove.matching.test(name)) headers.delete(name);
    } else if ('named' in rule.propagate) {
      const { named, rename = named, default: otherwise, algorithm } = rule.propagate;
      propagate(named, rename, algorithm, otherwise);
    } else {
      for (const name of Object.keys(received))
        if (!isOfConnection(name) && rule.propagate.matching.test(name))
          propagate(name, name, rule.propagate.algorithm);
    }
  }
  return headers;
}
