import { describe, expect, it } from "vitest";
import { z } from "zod";
import { failed, fieldErrorsFrom, succeeded } from "./action-result";

describe("action results", () => {
  it("carry data or words", () => {
    expect(succeeded({ id: "prg_1" })).toEqual({ ok: true, data: { id: "prg_1" } });
    expect(failed("No.")).toEqual({ ok: false, message: "No.", fieldErrors: {} });
  });

  it("name each field once, by its dotted path", () => {
    const schema = z.object({
      name: z.string().min(3, "Too short.").startsWith("x", "Starts with x."),
      terms: z.object({ en: z.string("Needed.") }),
    });
    const { error } = schema.safeParse({ name: "a", terms: {} });
    expect(fieldErrorsFrom(error?.issues ?? [])).toEqual({
      name: "Too short.",
      "terms.en": "Needed.",
    });
    expect(fieldErrorsFrom([{ path: [], message: "As a whole." }])).toEqual({});
  });
});
