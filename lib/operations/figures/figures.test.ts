import { describe, expect, it } from "vitest";
import { longFiles, wideLines } from ".";
import { deadPaths } from "./readme";
import { sourceOf } from "./sources";
import { misnamed, untoldLocks } from "./transactions";
import { crowdedFolders, strangersIn } from "./vocabulary";
import { bannedWords, usesOf } from "./words";

const empty = (path: string) => sourceOf(path, "");

describe("the figures of the code", () => {
  it("finds files and lines beyond the limits, and gives tests more room", () => {
    const lines = (count: number) => "x\n".repeat(count);
    const sources = [
      sourceOf("lib/core/long.ts", lines(251)),
      sourceOf("lib/core/short.ts", lines(250)),
      sourceOf("lib/core/long.test.ts", lines(400)),
      sourceOf("lib/core/wide.ts", `${"x".repeat(100)}\n${"x".repeat(101)}\n`),
    ];
    expect(longFiles(sources)).toEqual(["lib/core/long.ts: 251 lines"]);
    expect(wideLines(sources)).toEqual(["lib/core/wide.ts:2 (101)"]);
  });

  it("knows the files of a noun, and the folders whose files are named freely", () => {
    const named = ["rules.ts", "commands/grant.ts", "tiers/rules.ts", "tiers/queries/ladder.ts"];
    const sources = [
      ...[...named, "helpers.ts", "tiers/misc.ts", "odd.test.ts"].map((name) =>
        empty(`lib/loyalty/${name}`),
      ),
      empty("lib/core/anything.ts"),
    ];
    expect(strangersIn(sources)).toEqual({
      files: 6,
      strangers: ["lib/loyalty/helpers.ts", "lib/loyalty/tiers/misc.ts"],
    });
  });

  it("finds crowded folders, not counting tests, and lets lists of kinds grow", () => {
    const files = (folder: string, count: number, ending = ".ts") =>
      Array.from({ length: count }, (_, index) => empty(`${folder}/${index}${ending}`));
    expect(
      crowdedFolders([
        ...files("app/full", 15),
        ...files("app/right", 14),
        ...files("app/right", 5, ".test.ts"),
        ...files("lib/terms/kinds/conditions", 15),
      ]),
    ).toEqual(["app/full (15 files)"]);
  });
});

it("finds paths of the README that lead nowhere, by link and in backticks", () => {
  const text = [
    "[here](lib/operations/figures/readme.ts) and [gone](lib/gone.ts#line)",
    "`lib/operations`, `lib/nowhere/` and `lib/<noun>/rules.ts`; [out](https://example.com/x)",
  ].join("\n");
  expect(deadPaths(text, process.cwd())).toEqual(["lib/gone.ts", "lib/nowhere/"]);
});

it("finds locks that their transaction is not told of, and transactions called otherwise", () => {
  const lock = "SELECT 1 FROM reward FOR NO KEY UPDATE";
  const sources = [
    sourceOf("lib/rewards/raw.ts", `${lock}\n`),
    sourceOf("lib/rewards/told.ts", `${lock}\ntx.lock.took("reward", ids);\n`),
    sourceOf("lib/rewards/next.ts", `${lock} SKIP LOCKED\n`),
    sourceOf("lib/rewards/raw.db.test.ts", `${lock}\n`),
    sourceOf("lib/rewards/step.ts", "function one(scope: Tx) {}\nfunction other(tx: Tx) {}\n"),
  ];
  expect(untoldLocks(sources)).toEqual(["lib/rewards/raw.ts:1"]);
  expect(misnamed(sources)).toEqual(["lib/rewards/step.ts:1: function one(scope: Tx) {}"]);
});

describe("the words not to use", () => {
  const readme = [
    "# Name",
    "## The words",
    "| use | meaning | never |",
    "|---|---|---|",
    "| **Reverse** | undo what was released | take back, took back |",
    "| Payout | money paid | pay-out |",
    "| Merchant | the tenant | |",
    "## Next",
    "| not | a | word |",
    "",
  ].join("\n");
  const banned = bannedWords(readme);

  it("are read from the README's table", () => {
    expect(banned).toEqual([
      { word: "take back", instead: "Reverse" },
      { word: "took back", instead: "Reverse" },
      { word: "pay-out", instead: "Payout" },
    ]);
  });

  it("are found in names and in prose, and not inside other words", () => {
    const source = sourceOf(
      "lib/a.ts",
      "takeBackAll();\n// They took back\nMISTAKE_BACKED\nPay-out\npayout\n",
    );
    expect(usesOf(banned, [source])).toEqual([
      'lib/a.ts:1: "take back" (use Reverse)',
      'lib/a.ts:2: "took back" (use Reverse)',
      'lib/a.ts:4: "pay-out" (use Payout)',
    ]);
  });
});
