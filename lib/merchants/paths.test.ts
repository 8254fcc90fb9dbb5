import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { adminPaths } from "./paths";

describe("the addresses of the dashboard", () => {
  it("lie below the merchant's", () => {
    const admin = adminPaths("bean-leaf");
    expect(admin.reward("rwd_1")).toBe("/admin/bean-leaf/rewards/rwd_1");
    expect(admin.tiers).toBe("/admin/bean-leaf/loyalty/tiers");
  });

  it("are written nowhere else", () => {
    const sources = ["app", "components", "lib"]
      .flatMap((folder) =>
        readdirSync(folder, { recursive: true, encoding: "utf8" }).map(
          (file) => `${folder}/${file}`,
        ),
      )
      .filter((path) => /(?<!\.test)\.tsx?$/.test(path) && path !== "lib/merchants/paths.ts");
    expect(sources.length).toBeGreaterThan(500);
    const own = sources.filter((path) => /["'`]\/admin\//.test(readFileSync(path, "utf8")));
    expect(own).toEqual([]);
  });
});
