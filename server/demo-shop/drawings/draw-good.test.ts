import { describe, expect, it } from 'vitest';
import { type Drawing, drawGood, KINDS } from './draw-good.ts';

const SHAPES = [0, 1, 2, 3] as const;
const BRICK = '#b5543a';
const SEA = '#2f6f8f';

function drawn(part: Partial<Drawing>): string {
  return drawGood({ kind: 'cup', shape: 0, color: BRICK, hue: 60, ...part });
}

/** The tags that are wrong: unclosed, closed twice, or with an attribute given twice or malformed. */
function brokenTags(xml: string): string[] {
  const broken: string[] = [];
  const open: string[] = [];
  const rest = xml.replace(
    /<(\/?)([a-zA-Z]+)((?:\s+[\w-]+="[^"<&]*")*)\s*(\/?)>/g,
    (tag, close, name, attributes, empty) => {
      const names = [...String(attributes).matchAll(/([\w-]+)="/g)].map(([, attribute]) => attribute);
      if (new Set(names).size !== names.length) broken.push(tag);
      if (close) {
        if (open.pop() !== name) broken.push(tag);
      } else if (!empty) open.push(name);
      return '';
    },
  );
  return [...broken, ...open, ...(rest === '' ? [] : [rest])];
}

describe.each(KINDS)('a drawn %s', (kind) => {
  it.each(SHAPES)('in shape %i is a well-formed picture that stands alone', (shape) => {
    const svg = drawn({ kind, shape });
    expect(brokenTags(svg)).toEqual([]);
    expect(svg.startsWith('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 1200" ')).toBe(true);
    expect(svg).not.toMatch(/NaN|Infinity|undefined|<text|href|<image/);
    const made = [...svg.matchAll(/ id="(\w+)"/g)].map(([, id]) => id);
    expect(new Set(made).size).toBe(made.length);
    const used = [...svg.matchAll(/url\(#(\w+)\)/g)].map(([, id]) => id);
    expect(used.filter((id) => !made.includes(id))).toEqual([]);
  });

  it('has four makes, none like another, each the same every time', () => {
    const makes = SHAPES.map((shape) => drawn({ kind, shape }));
    expect(new Set(makes).size).toBe(4);
    expect(SHAPES.map((shape) => drawn({ kind, shape }))).toEqual(makes);
  });

  it.each(SHAPES)('in shape %i takes on its color and its ground', (shape) => {
    const marks = (svg: string): string[] => svg.match(/#[0-9a-f]{6}\b/g) ?? [];
    const [brick, sea] = [marks(drawn({ kind, shape })), marks(drawn({ kind, shape, color: SEA }))];
    expect(brick.filter((color) => !sea.includes(color)).length).toBeGreaterThan(4);
    expect(drawn({ kind, shape, hue: 240 })).not.toBe(drawn({ kind, shape }));
  });
});

describe('a drawing that cannot be made', () => {
  it.each(['red', '#fff', '#12345g', '', 'url(#k0)'])('is refused for the color "%s"', (color) => {
    expect(() => drawn({ color })).toThrow(`A drawing's color must look like "#c2553a", not "${color}".`);
    expect(() => drawn({ accent: color })).toThrow(`not "${color}"`);
  });

  it('is refused for a kind, a shape or a hue there is not', () => {
    expect(() => drawn({ kind: 'toString' as Drawing['kind'] })).toThrow(
      'There is no drawing of "toString" in shape 0.',
    );
    expect(() => drawn({ shape: 4 as Drawing['shape'] })).toThrow('There is no drawing of "cup" in shape 4.');
    expect(() => drawn({ hue: 360 })).toThrow("A ground's hue is from 0 to 359, not 360.");
  });
});
