import { expect, it } from "vitest";
import { Shares } from "./shares";

const refusal = () => new Error("too much");
const share = { each: 2, all: 3, waiting: 3, waitMs: 60_000 };

/** Work that goes on until it is told to end; `begun` lists who is at it, in order. */
function workshop(shares: Shares) {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const start = (party: string, name: string) =>
    shares.within(
      party,
      () => {
        begun.push(name);
        return new Promise<string>((resolve) => ends.set(name, () => resolve(name)));
      },
      refusal,
    );
  const end = async (name: string) => {
    ends.get(name)!();
    await new Promise(setImmediate);
  };
  return { begun, start, end };
}

it("gives a party no more than its share, and the rest to others", async () => {
  const { begun, start, end } = workshop(new Shares(share));
  const all = ["a1", "a2", "a3", "a4", "b1", "b2"].map((name) => start(name[0]!, name));
  expect(begun).toEqual(["a1", "a2", "b1"]);
  // Of two that have as much, who waits longer.
  await end("a1");
  expect(begun.at(-1)).toBe("a3");
  await end("b1");
  expect(begun.at(-1)).toBe("b2");
  // Who has less of it comes before who waits longer.
  const last = start("c", "c1");
  await end("a2");
  expect(begun.at(-1)).toBe("c1");
  for (const name of ["a3", "a4", "b2", "c1"]) await end(name);
  expect(await last).toBe("c1");
  expect(await Promise.all(all)).toHaveLength(6);
});

it("refuses what would wait in too long a line, and what has waited too long", async () => {
  const shares = new Shares({ ...share, waitMs: 1 });
  const { start, end } = workshop(shares);
  const running = [start("a", "a1"), start("a", "a2")];
  const asked = [3, 4, 5, 6].map((number) => start("a", `a${number}`));
  const refusals = await Promise.allSettled(asked);
  expect(refusals.map(({ status }) => status)).toEqual(Array(4).fill("rejected"));
  expect((refusals[3] as PromiseRejectedResult).reason).toEqual(refusal());
  await end("a1");
  // Nobody's place is kept for those who were refused.
  const next = start("a", "a7");
  await end("a2");
  await end("a7");
  expect(await Promise.all([...running, next])).toHaveLength(3);
});

it("lets work within work pass, and frees what failed", async () => {
  const shares = new Shares({ ...share, each: 1, all: 1 });
  const within = <T>(party: string, work: () => Promise<T>) => shares.within(party, work, refusal);
  const inner = await within("a", () => within("a", async () => "inner"));
  expect(inner).toBe("inner");
  await expect(within("a", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await within("b", async () => "free")).toBe("free");
});
