import { beforeAll, describe, expect, it, vi } from "vitest";
import { hashNetwork } from "./network";

beforeAll(() => {
  vi.stubEnv("AUTH_SECRET", "a secret of at least thirty-two characters");
  vi.stubEnv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none");
});

const noon = (day: number) => new Date(Date.UTC(2026, 4, day, 12));
const hashOf = (address: string, day = 1) => hashNetwork("mer_1", address, noon(day))!;

describe("a network", () => {
  it("is the same for its addresses, and another for others", () => {
    expect(hashOf("203.0.113.7")).toEqual(hashOf("203.0.113.200"));
    expect(hashOf("203.0.113.7").network).not.toBe(hashOf("203.0.114.7").network);
    expect(hashOf("2001:db8::1")).toEqual(hashOf("2001:db8::ffff"));
  });

  it("holds nothing of the address", () => {
    expect(JSON.stringify(hashOf("203.0.113.7"))).not.toMatch(/203|113/);
  });

  it("can be told from one day to the next, and no further", () => {
    const [first, second, third] = [1, 2, 3].map((day) => hashOf("203.0.113.7", day));
    expect(second!.networkBefore).toBe(first!.network);
    expect(second!.network).not.toBe(first!.network);
    expect([third!.network, third!.networkBefore]).not.toContain(first!.network);
  });

  it("is another for every merchant", () => {
    const theirs = hashNetwork("mer_2", "203.0.113.7", noon(1));
    expect(theirs!.network).not.toBe(hashOf("203.0.113.7").network);
  });

  it("is not known without an address", () => {
    expect(hashNetwork("mer_1", "unknown", noon(1))).toBeNull();
  });
});
