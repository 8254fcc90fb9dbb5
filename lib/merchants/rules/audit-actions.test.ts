import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { auditLabel, storedNamesOf } from "./audit-actions";

/** The literals that stand after `action:` wherever something is written into the log. */
const written = new Set(
  readdirSync("lib", { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"))
    .map((path) => readFileSync(`lib/${path}`, "utf8"))
    .filter((text) => /recordAudit\(/.test(text))
    .flatMap((text) => [...text.matchAll(/\baction: (?:[^,\n]*\? )?"([a-z]+\.[a-z_]+)"/g)])
    .map(([, action]) => action!),
);

describe("an action in the audit log", () => {
  it.each([...written])("%s has a label", (action) => {
    expect(auditLabel(action)).toMatch(/^[A-Z]/);
    expect(auditLabel(action)).not.toContain(":");
  });

  it("is looked for where it is written", () => {
    expect(written.size).toBeGreaterThan(40);
  });

  it("is read under the name that older entries have", () => {
    expect(auditLabel("reward.fulfil")).toBe("Reward delivered");
    expect(auditLabel("reward.undo_fulfil")).toBe("Reward’s delivery undone");
    expect(storedNamesOf("reward.deliver")).toEqual(["reward.deliver", "reward.fulfil"]);
    expect(storedNamesOf("reward.void")).toEqual(["reward.void"]);
  });

  it("is never shown raw", () => {
    expect(auditLabel("api_key.made")).toBe("Api key: made");
    expect(auditLabel("toString")).toBe("ToString");
    expect(auditLabel("")).toBe("Unknown");
  });
});
