import { inProject } from '#platform/config/root.ts';
import { type ChildProgram, startProgram } from './child-program.ts';
import type { Reloaded } from './dev-server.ts';

/** One that ends sooner than this after its start would do so again and again. */
const LASTING_MS = 10_000;
/** A start that takes longer is given up when there is something newer to start. */
const PATIENCE_MS = 10_000;

/** The server of `npm run dev`: a process that takes one bundle after the other, and a fresh one when that has ended. */
export class ReloadingServer {
  readonly #variables: Readonly<Record<string, string>>;
  #child: ChildProgram | null = null;
  #hear: (reloaded: Reloaded) => void = () => {};
  #bundle = '';
  /** When the start under way began. */
  #startingSince: number | null = null;
  #runs = false;
  #spent = false;
  #givenUp = false;
  #stopping = false;

  constructor(variables: Readonly<Record<string, string>>) {
    this.#variables = variables;
  }

  /** Whether the last bundle runs. */
  get runs(): boolean {
    return this.#runs;
  }

  /** Runs a bundle instead of the one before, and tells how that went. `since` is when it was wanted. */
  async run(bundle: string, since = performance.now()): Promise<void> {
    const first = this.#bundle === '';
    this.#bundle = bundle;
    this.#startingSince = performance.now();
    this.#givenUp = false;
    this.#runs = false;
    if (this.#spent) await this.#child?.stop();
    const reused = !this.#spent && this.#child;
    let done = reused ? await this.#tell(reused, bundle) : null;
    // What a process carries from former bundles may end it: a fresh one tells whether this bundle is at fault.
    if (!done && !this.#givenUp && !this.#stopping) done = await this.#tell(this.#start(), bundle);
    this.#startingSince = null;
    this.#runs = done?.ok ?? false;
    this.#spent = done?.spent ?? false;
    if (this.#stopping) return;
    const time = ((performance.now() - since) / 1_000).toFixed(1);
    if (this.#runs) process.stdout.write(`  Server ${first ? 'started' : 'reloaded'} in ${time} s.\n`);
    else process.stderr.write('  The server does not run: mend what it says above.\n');
  }

  /** Gives a start up that has taken long, since there is another bundle to run. */
  async giveUpSlowStart(): Promise<void> {
    if (this.#startingSince === null || performance.now() - this.#startingSince < PATIENCE_MS) return;
    this.#givenUp = true;
    await this.#child?.stop();
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#child?.stop();
  }

  /** Answers null when the process ended before it answered. */
  async #tell(child: ChildProgram, bundle: string): Promise<Reloaded | null> {
    const heard = new Promise<Reloaded>((resolve) => {
      this.#hear = resolve;
    });
    child.send(bundle);
    return await Promise.race([heard, child.exit.then(() => null)]);
  }

  #start(): ChildProgram {
    const child = startProgram(inProject('build/dev/dev-server.js'), [], {
      variables: this.#variables,
      // As npm start has it: a start makes many young objects at once, 0.9 times the CPU.
      flags: ['--max-semi-space-size=64'],
      verbose: true,
      onMessage: (message) => this.#hear(message as Reloaded),
    });
    this.#child = child;
    const began = performance.now();
    child.exit.then(() => {
      if (this.#child !== child) return;
      this.#child = null;
      if (!this.#runs || this.#stopping) return;
      this.#runs = false;
      if (performance.now() - began < LASTING_MS)
        return void process.stderr.write('  The server has ended: mend what it says above.\n');
      process.stderr.write('  The server has ended: see above. It starts again.\n');
      void this.run(this.#bundle);
    });
    return child;
  }
}
