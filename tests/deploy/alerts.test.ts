import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { inProject } from '#platform/config/root.ts';
import { sourceFiles } from '#tests/architecture/imports.ts';

const { groups } = parse(readFileSync(inProject('deploy/alerts.yml'), 'utf8')) as {
  groups: { rules: { alert: string; expr: string; annotations: { summary: string } }[] }[];
};
const rules = groups.flatMap((group) => group.rules);

/** Metrics as Prometheus gets them, from the calls that make them. */
const measured = new Set(
  sourceFiles()
    .filter((file) => !/^tests\//.test(file))
    .flatMap((file) => [
      ...readFileSync(inProject(file), 'utf8').matchAll(/\b(counter|duration|observe)\(\s*'(souk_\w+)'/g),
    ])
    .flatMap(([, kind, name]) =>
      kind === 'counter' ? [`${name}_total`] : kind === 'duration' ? [`${name}_count`, `${name}_bucket`] : [name!],
    ),
);

test('alerts watch metrics that there are', () => {
  expect(measured.size).toBeGreaterThan(12);
  expect(rules.length).toBeGreaterThan(5);
  for (const { alert, expr } of rules) {
    const named = [...expr.matchAll(/souk_\w+/g)].map(([name]) => name);
    expect(named.length, alert).toBeGreaterThan(0);
    expect(
      named.filter((name) => !measured.has(name)),
      alert,
    ).toEqual([]);
  }
});

test('each says in a sentence what is wrong', () => {
  for (const { alert, annotations } of rules) expect(annotations.summary.length, alert).toBeGreaterThan(20);
});
