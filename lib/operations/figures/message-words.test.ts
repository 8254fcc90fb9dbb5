import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { sourceOf } from "./sources";
import { bannedWords, usesOf } from "./words";

/** Keys that carry a stored code with an old name. */
const STORED = ["kept_back", "handing_over_undone", "called_back"];

it("keeps the words of customers and friends to the table in the README", () => {
  const banned = bannedWords(readFileSync("README.md", "utf8"));
  const file = "lib/core/i18n/messages/en.json";
  const messages = readFileSync(file, "utf8").replaceAll(new RegExp(STORED.join("|"), "g"), "");
  expect(banned.length).toBeGreaterThan(20);
  expect(usesOf(banned, [sourceOf(file, messages)])).toEqual([]);
});
