/**
 * What is costly to make and asked for often, kept by its key as long as all of it fits: the key
 * names everything that it depends on. What nobody has asked for longest goes first.
 */
export class KeptBytes {
  readonly #kept = new Map<string, Uint8Array<ArrayBuffer>>();
  readonly #making = new Map<string, Promise<Uint8Array<ArrayBuffer>>>();
  #size = 0;

  /** @param most how many bytes may be kept */
  constructor(private readonly most: number) {}

  has(key: string): boolean {
    return this.#kept.has(key) || this.#making.has(key);
  }

  /** What is kept under a key, or `make` makes it: once, however many ask meanwhile. */
  async get(
    key: string,
    make: () => Promise<Uint8Array<ArrayBuffer>>,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const found = this.#kept.get(key);
    if (found) {
      // Last in the order of what was asked for.
      this.#kept.delete(key);
      this.#kept.set(key, found);
      return found;
    }
    const underWay = this.#making.get(key);
    if (underWay) return underWay;
    const making = make();
    this.#making.set(key, making);
    try {
      const made = await making;
      this.#keep(key, made);
      return made;
    } finally {
      this.#making.delete(key);
    }
  }

  #keep(key: string, made: Uint8Array<ArrayBuffer>): void {
    if (made.length > this.most) return;
    this.#kept.set(key, made);
    this.#size += made.length;
    for (const [oldest, { length }] of this.#kept) {
      if (this.#size <= this.most) break;
      this.#kept.delete(oldest);
      this.#size -= length;
    }
  }
}
