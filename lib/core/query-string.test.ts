import { describe, expect, it } from "vitest";
import { z } from "zod";
import { DomainError } from "./errors";
import { decodeCursor, encodeCursor } from "./paging";
import { pageFrom, queryOf, readFilter, withQuery } from "./query-string";

const schema = z.object({
  state: z.enum(["open", "done"]).optional(),
  search: z.string().max(5).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

it("hands a query on as it came, names that stand in it twice too", () => {
  expect(queryOf({ a: "1 &", b: ["2", "3"], c: undefined }).toString()).toBe("a=1+%26&b=2&b=3");
});

describe("readFilter", () => {
  it("reads what fits", () => {
    expect(readFilter(schema, { state: "open", search: "ana", limit: "10" })).toEqual({
      state: "open",
      search: "ana",
      limit: 10,
    });
  });

  it("leaves out what does not fit, and keeps the rest", () => {
    expect(readFilter(schema, { state: "nonsense", search: "ana", limit: "-4" })).toEqual({
      search: "ana",
      limit: 50,
    });
  });

  it("takes the first of a repeated value, and an empty one as none", () => {
    expect(readFilter(schema, { state: ["done", "open"], search: "" })).toEqual({
      state: "done",
      limit: 50,
    });
  });
});

describe("withQuery", () => {
  it("leaves out what is not set", () => {
    expect(
      withQuery("/list", {
        state: "open",
        search: "",
        cursor: null,
        review: false,
        page: undefined,
      }),
    ).toBe("/list?state=open");
    expect(withQuery("/list", {})).toBe("/list");
  });

  it("escapes values", () => {
    expect(withQuery("/list", { search: "a & b" })).toBe("/list?search=a+%26+b");
  });
});

describe("pageFrom", () => {
  const list = async ({ cursor }: { cursor?: string }) =>
    cursor ? decodeCursor(cursor, 1) : ["beginning"];

  it("goes where the cursor says, and to the beginning when it is bent", async () => {
    expect(await pageFrom({ cursor: encodeCursor(["there"]) }, list)).toEqual(["there"]);
    expect(await pageFrom({ cursor: "xx" }, list)).toEqual(["beginning"]);
  });

  it("hides no other failure", async () => {
    const refuse = async () => Promise.reject(new DomainError("forbidden", "No."));
    await expect(pageFrom({ cursor: "xx" }, refuse)).rejects.toMatchObject({ code: "forbidden" });
  });
});
