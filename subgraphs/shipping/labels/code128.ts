/** Code 128 (ISO/IEC 15417): the widths of bars and spaces, in turn, of values 0 to 105; the stop comes after them. */
const WIDTHS = (
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 123122 ' +
  '123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 232121 111323 ' +
  '131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 313121 211331 231131 ' +
  '213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 121124 121421 141122 ' +
  '141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 ' +
  '124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 ' +
  '411131 211412 211214 211232'
).split(' ');
const STOP = '2331112';
const [CODE_C, CODE_B, START_B, START_C] = [99, 100, 104, 105];
/** Of digits, two a symbol: worth a change of code from here on. */
const LONG_RUN = 4;

/**
 * The widths of bars and spaces in modules, a bar first, without quiet zones (10 modules on each side). Takes printable
 * ASCII; runs of digits are written two a symbol.
 */
export function code128(text: string): number[] {
  if (!/^[\x20-\x7e]+$/.test(text)) throw new Error('Code 128 takes printable ASCII here.');
  const values = valuesOf(text);
  const check = values.reduce((sum, value, i) => sum + value * Math.max(1, i), 0) % 103;
  return [...[...values, check].map((value) => WIDTHS[value]), STOP].join('').split('').map(Number);
}

function valuesOf(text: string): number[] {
  const values: number[] = [];
  let code: 'B' | 'C' | null = null;
  for (let at = 0; at < text.length; ) {
    const digits = /^\d*/.exec(text.slice(at))?.[0].length ?? 0;
    if (code === 'C' ? digits >= 2 : digits >= LONG_RUN && digits % 2 === 0) {
      if (code !== 'C') values.push(code ? CODE_C : START_C);
      code = 'C';
      values.push(Number(text.slice(at, at + 2)));
      at += 2;
    } else {
      if (code !== 'B') values.push(code ? CODE_B : START_B);
      code = 'B';
      values.push(text.charCodeAt(at) - 32);
      at += 1;
    }
  }
  return values;
}
