import { readdirSync, readFileSync } from 'node:fs';

const TICKS_A_SECOND = 100;

/** CPU milliseconds that a process and its living children have used: user and system (proc(5), fields 14 and 15). */
export function cpuMs(pid: number): number {
  const children = new Map<number, number[]>();
  const used = new Map<number, number>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const parent = Number(fields[1]);
      children.set(parent, [...(children.get(parent) ?? []), Number(entry)]);
      // Of children that ended as well: connections come and go.
      used.set(
        Number(entry),
        [11, 12, 13, 14].reduce((ticks, field) => ticks + Number(fields[field]), 0),
      );
    } catch {
      // Ended between the listing and the reading.
    }
  }
  const total = (of: number): number =>
    (used.get(of) ?? 0) + (children.get(of) ?? []).reduce((sum, child) => sum + total(child), 0);
  return (total(pid) * 1_000) / TICKS_A_SECOND;
}
