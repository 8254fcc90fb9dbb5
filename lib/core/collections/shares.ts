import { AsyncLocalStorage } from "node:async_hooks";

/** How much of something that all use one party may have at once. */
export type Share = {
  /** So many at once for one party, and for all of them together. */
  each: number;
  all: number;
  /** So many of one party wait; one more is refused at once, and each after this time. */
  waiting: number;
  waitMs: number;
};

type Waiter = { enter: () => void; since: number };

/**
 * Something that many parties share: connections, or what is slow. Each has at most its share of
 * it; what is free goes to the party that has least, so nobody's hundred requests keep anybody else
 * waiting for more than one of them.
 */
export class Shares {
  readonly #running = new Map<string, number>();
  readonly #waiting = new Map<string, Waiter[]>();
  readonly #inside = new AsyncLocalStorage<string>();
  #taken = 0;
  readonly #share: Share;

  constructor(share: Share) {
    this.#share = share;
  }

  /**
   * Does some work of a party within its share. Work within that work goes on at once: whoever has
   * a part and waits for another would wait for themselves.
   * @param refusal what is thrown when too many of the party wait, or one has waited too long
   */
  async within<T>(party: string, work: () => Promise<T>, refusal: () => Error): Promise<T> {
    if (this.#inside.getStore() === party) return work();
    if (this.#isFree(party)) this.#take(party);
    else await this.#turnOf(party, refusal);
    try {
      return await this.#inside.run(party, work);
    } finally {
      this.#giveBack(party);
    }
  }

  #isFree(party: string): boolean {
    return this.#taken < this.#share.all && this.#runningOf(party) < this.#share.each;
  }

  #runningOf(party: string): number {
    return this.#running.get(party) ?? 0;
  }

  #take(party: string): void {
    this.#taken += 1;
    this.#running.set(party, this.#runningOf(party) + 1);
  }

  #giveBack(party: string): void {
    this.#taken -= 1;
    const left = this.#runningOf(party) - 1;
    if (left > 0) this.#running.set(party, left);
    else this.#running.delete(party);
    const next = this.#nextParty();
    if (next !== null) this.#waiting.get(next)![0]!.enter();
  }

  /** Of those that wait and may have more: who has least, and of several who waits longest. */
  #nextParty(): string | null {
    let next: string | null = null;
    for (const party of this.#waiting.keys())
      if (this.#isFree(party) && (next === null || this.#isBefore(party, next))) next = party;
    return next;
  }

  #isBefore(one: string, other: string): boolean {
    const less = this.#runningOf(one) - this.#runningOf(other);
    const since = (party: string) => this.#waiting.get(party)![0]!.since;
    return less !== 0 ? less < 0 : since(one) < since(other);
  }

  /** Resolves when it is the party's turn, which is taken by then. */
  #turnOf(party: string, refusal: () => Error): Promise<void> {
    const queue = this.#waiting.get(party) ?? [];
    if (queue.length >= this.#share.waiting) return Promise.reject(refusal());
    this.#waiting.set(party, queue);
    return new Promise((resolve, reject) => {
      const leave = () => {
        clearTimeout(patience);
        queue.splice(queue.indexOf(waiter), 1);
        if (queue.length === 0) this.#waiting.delete(party);
      };
      const waiter: Waiter = {
        since: performance.now(),
        enter: () => {
          leave();
          this.#take(party);
          resolve();
        },
      };
      const patience = setTimeout(() => {
        leave();
        reject(refusal());
      }, this.#share.waitMs);
      queue.push(waiter);
    });
  }
}
