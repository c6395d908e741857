import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** When and in which boot a process began, so that a reused number is not taken for it; null when none runs. */
export function processIdentity(pid: number): string | null {
  try {
    if (process.platform !== 'linux') return run('ps', '-o', 'lstart=', '-p', String(pid)) || null;
    const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(/\)\s(?!.*\)\s)/s);
    const [state, ...rest] = fields.split(' ');
    const startedAt = rest[18]; // field 22 of proc(5), counted in ticks from the boot
    return state === 'Z' ? null : `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${startedAt}`;
  } catch {
    return null;
  }
}

/** The name of a running program, such as `postgres`; null when none runs under that number. */
export function programName(pid: number): string | null {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
    return run('ps', '-o', 'comm=', '-p', String(pid)).split('/').at(-1) || null;
  } catch {
    return null;
  }
}

const run = (program: string, ...args: string[]): string => execFileSync(program, args, { encoding: 'utf8' }).trim();
