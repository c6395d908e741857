import type { SubgraphRequest } from '#platform/transport/transport.ts';
import type { Data } from './data.ts';
import type { FetchTemplate } from './fetch-template.ts';

/** The entities of one list of a request. */
export interface AskedEntities {
  /** Each representation as JSON, no two alike. */
  readonly texts: readonly string[];
  /** The same as objects, made when asked for: a subgraph in this process takes these. */
  objects(): readonly Data[];
}

/** One request for one subgraph, in both forms that a transport may want; each is made only where it is asked for. */
export class SubgraphFetch implements SubgraphRequest {
  readonly template: FetchTemplate;
  /** For each list of the template. */
  readonly entities: readonly AskedEntities[];
  /** What the data source adds for this request. */
  headers: Readonly<Record<string, string>> | undefined;
  readonly #given: Data;
  #variables: Data | undefined;

  constructor(template: FetchTemplate, given: Data, entities: readonly AskedEntities[]) {
    this.template = template;
    this.#given = given;
    this.entities = entities;
  }

  get query(): string {
    return this.template.query;
  }

  get operationName(): string | undefined {
    return this.template.operationName;
  }

  /** The variables of the client that it uses. */
  get given(): Data {
    return this.#given;
  }

  get variables(): Data {
    if (!this.#variables) {
      this.#variables = { ...this.#given };
      for (const [index, { variable }] of this.template.lists.entries())
        this.#variables[variable] = this.entities[index]?.objects();
    }
    return this.#variables;
  }

  /** The request as JSON, put together from texts that are there already. */
  get body(): string {
    let variables = '';
    for (const name of Object.keys(this.#given)) {
      const value = JSON.stringify(this.#given[name]);
      if (value !== undefined) variables += `${variables && ','}${JSON.stringify(name)}:${value}`;
    }
    for (const [index, { variable }] of this.template.lists.entries())
      variables += `${variables && ','}"${variable}":[${this.entities[index]?.texts.join(',')}]`;
    return `${this.template.head}${variables}}}`;
  }
}
