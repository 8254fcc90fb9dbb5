import { describe, expect, it } from "vitest";
import { readForm } from "./form-data";

function form(...entries: [string, string | File][]): FormData {
  const data = new FormData();
  for (const [name, value] of entries) data.append(name, value);
  return data;
}

describe("readForm", () => {
  it("leaves out what was left empty, and what is Next's own", () => {
    const file = new File([], "");
    expect({
      ...readForm(form(["name", ""], ["logo", file], ["$ACTION_ID_x", "1"], ["kept", " "])),
    }).toEqual({ kept: " " });
  });

  it("nests by dots and lists by brackets and repetition", () => {
    const read = readForm(
      form(["terms.en", "a"], ["terms.sq", "b"], ["tag[]", "x"], ["day", "1"], ["day", "2"]),
    );
    expect(JSON.parse(JSON.stringify(read))).toEqual({
      terms: { en: "a", sq: "b" },
      tag: ["x"],
      day: ["1", "2"],
    });
  });

  it("never reaches a prototype", () => {
    readForm(
      form(
        ["__proto__.polluted", "1"],
        ["constructor.prototype.polluted", "1"],
        ["a.__proto__.polluted", "1"],
      ),
    );
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
  });

  it("counts fields before it reads any, and goes only so deep", () => {
    const many = (count: number) =>
      form(...Array.from({ length: count }, () => ["day", "1"] as [string, string]));
    expect(readForm(many(2_000)).day).toHaveLength(2_000);
    expect(() => readForm(many(2_001))).toThrow("too many fields");
    const deep = "a.".repeat(100_000);
    expect({ ...readForm(form([`${deep}b`, "1"], ["a.b.c", "1"])) }).toEqual({
      a: { b: { c: "1" } },
    });
  });

  it("keeps files with content", () => {
    const logo = new File(["x"], "logo.png");
    expect(readForm(form(["logo", logo])).logo).toBeInstanceOf(File);
  });
});
