import { performance } from 'node:perf_hooks';

/** Shows what a start is busy with: a line for each finished step and, on a terminal, one moving line below. */
export interface Progress {
  /** Runs a step under a title; `upToDate` as its answer says that nothing had to be done. */
  step(title: string, work: () => Promise<'upToDate' | unknown>): Promise<void>;
  say(text: string): void;
  /** Ends the moving line. */
  close(): void;
}

export const UP_TO_DATE = 'upToDate';

export function openProgress(out: NodeJS.WriteStream = process.stdout): Progress {
  const underWay = new Map<string, number>();
  const paint = painter(out);
  const clearLine = () => out.isTTY && out.write('\r\u001b[K');
  const drawLine = () => {
    if (!out.isTTY || underWay.size === 0) return;
    const titles = [...underWay].map(([title, since]) => `${title.toLowerCase()} ${seconds(since, 0)}`);
    clearLine();
    out.write(paint('dim', `  · ${titles.join(' · ')}`.slice(0, (out.columns || 80) - 1)));
  };
  const timer = out.isTTY ? setInterval(drawLine, 250) : undefined;
  const say = (text: string) => {
    clearLine();
    out.write(`${text}\n`);
    drawLine();
  };

  const step: Progress['step'] = async (title, work) => {
    const since = performance.now();
    underWay.set(title, since);
    if (!out.isTTY) out.write(`  · ${title}\n`);
    drawLine();
    try {
      const result = await work();
      underWay.delete(title);
      const note = result === UP_TO_DATE ? paint('dim', 'up to date') : seconds(since, 1);
      say(`  ${paint('green', '✓')} ${title.padEnd(TITLE_WIDTH)} ${note}`);
    } catch (error) {
      underWay.delete(title);
      say(`  ${paint('red', '✗')} ${title.padEnd(TITLE_WIDTH)} ${seconds(since, 1)}`);
      throw error;
    }
  };
  const close = () => {
    clearInterval(timer);
    underWay.clear();
    clearLine();
  };
  return { step, say, close };
}

const TITLE_WIDTH = 22;
const CODES = { dim: [2, 22], bold: [1, 22], red: [31, 39], green: [32, 39], cyan: [36, 39] } as const;

/** Colors a text where the terminal shows colors. */
export function painter(out: NodeJS.WriteStream): (style: keyof typeof CODES, text: string) => string {
  const colored = out.isTTY === true && out.hasColors();
  return (style, text) => (colored ? `\u001b[${CODES[style][0]}m${text}\u001b[${CODES[style][1]}m` : text);
}

const seconds = (since: number, digits: number): string => `${((performance.now() - since) / 1000).toFixed(digits)} s`;
