import type { Identity } from '#platform/auth/viewer.ts';
import { nameOf } from '../upstream/identity-name.ts';

/**
 * Equal questions of one viewer that are under way at once are answered once, whether or not the answer may be kept.
 * After a mutation its viewer joins nothing that was asked before it: everybody reads what they wrote.
 */
export class AnswersUnderWay {
  /** By viewer, then by question. */
  readonly #underWay = new Map<string, Map<string, Promise<unknown>>>();

  /** Joins the one who asks the same, if that answer `isFor` others too; else runs. */
  async join<Answer>(
    identity: Identity,
    key: string,
    run: () => Promise<Answer>,
    isFor: (answer: Answer) => boolean,
  ): Promise<Answer> {
    const who = nameOf(identity);
    const questions = this.#underWay.get(who) ?? new Map<string, Promise<unknown>>();
    const first = questions.get(key) as Promise<Answer> | undefined;
    if (first) {
      // A fault of that one is no answer to this one.
      const answer = await first.catch(() => null);
      return answer !== null && isFor(answer) ? answer : run();
    }
    this.#underWay.set(who, questions);
    const running = run();
    questions.set(key, running);
    try {
      return await running;
    } finally {
      if (questions.get(key) === running) questions.delete(key);
      if (questions.size === 0 && this.#underWay.get(who) === questions) this.#underWay.delete(who);
    }
  }

  /** What this viewer asks from now on joins nothing that is under way. */
  part(identity: Identity): void {
    this.#underWay.delete(nameOf(identity));
  }
}
