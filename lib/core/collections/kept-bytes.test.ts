import { expect, it } from "vitest";
import { KeptBytes } from "./kept-bytes";

function kitchen(most: number) {
  const kept = new KeptBytes(most);
  const made: string[] = [];
  const get = (key: string, length = 4) =>
    kept.get(key, async () => {
      made.push(key);
      return new Uint8Array(length);
    });
  return { kept, made, get };
}

it("makes what is asked for once, also for those who ask at the same time", async () => {
  const { made, get } = kitchen(10);
  const [one, other] = await Promise.all([get("a"), get("a")]);
  expect(one).toBe(other);
  expect(await get("a")).toBe(one);
  expect(made).toEqual(["a"]);
});

it("drops what nobody has asked for longest, and keeps nothing that is too large", async () => {
  const { kept, made, get } = kitchen(10);
  for (const key of ["a", "b", "a", "c"]) await get(key);
  expect(["a", "b", "c"].map((key) => kept.has(key))).toEqual([true, false, true]);
  await get("vast", 11);
  expect(kept.has("vast")).toBe(false);
  expect(kept.has("a")).toBe(true);
  expect(made).toEqual(["a", "b", "c", "vast"]);
});

it("makes again what failed", async () => {
  const { kept, get } = kitchen(10);
  await expect(kept.get("a", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await get("a")).toHaveLength(4);
});
