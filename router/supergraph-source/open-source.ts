import type { Composed } from '../compose.ts';
import { fileSource } from './file-source.ts';
import type { SupergraphSource } from './supergraph-source.ts';
import { type UrlSourceOptions, urlSource } from './url-source.ts';
import { yamlSource } from './yaml-source.ts';

export interface OpenSourceOptions extends UrlSourceOptions {
  /** Hears the hints of what has been composed here. */
  readonly onComposed?: (composed: Composed) => void;
}

/** By what it looks like: an http address, a `supergraph.yaml`, or a file of SDL. */
export function openSource(from: string, options: OpenSourceOptions): SupergraphSource {
  if (/^https?:\/\//i.test(from)) return urlSource(from, options);
  return /\.ya?ml$/i.test(from) ? yamlSource(from, options) : fileSource(from);
}
