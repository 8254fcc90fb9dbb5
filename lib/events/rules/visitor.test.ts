import { beforeAll, describe, expect, it, vi } from "vitest";
import { newVisitorId, ownVisitorOf, visitorOf } from "./visitor";

beforeAll(() => {
  vi.stubEnv("AUTH_SECRET", "a secret of at least thirty-two characters");
  vi.stubEnv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none");
});

describe("the name of a browser", () => {
  it("is known again as made here", () => {
    const ids = Array.from({ length: 600 }, newVisitorId);
    expect(new Set(ids).size).toBe(600);
    for (const id of ids) expect(ownVisitorOf(`a=b; gw_v=${id}; c=d`)).toBe(id);
  });

  it("is not, where somebody invented or changed it", () => {
    const own = newVisitorId();
    const changed = (own.startsWith("_") ? "A" : "_") + own.slice(1);
    for (const id of ["A".repeat(22), "nQ0m5w3yXo2kq8Jv1aZbCg", changed]) {
      expect(visitorOf(`gw_v=${id}`)).toBe(id);
      expect(ownVisitorOf(`gw_v=${id}`)).toBeNull();
    }
  });

  it.each(["", "gw_v=short", "gw_v=<script>alert(1)</script>", undefined, null])(
    "is none in %j",
    (header) => {
      expect(ownVisitorOf(header)).toBeNull();
    },
  );
});
