import { describe, expect, it } from "vitest";
import { drawable } from "./drawable";

describe("drawable", () => {
  it.each([
    ["Mira invites you to Teahouse", true],
    ["Mirë se vini te Çajtorja", true],
    ["10 € zbritje", true],
    ["“Hello” – €9.50", true],
    ["王小明", false],
    ["Tea 🍵", false],
    ["", false],
  ])("%s: %s", (text, can) => {
    expect(drawable(text) !== null).toBe(can);
  });
});
