import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { ALLOCATOR, NODE_FLAGS } from "./node-flags";

it("starts the product with the same flags wherever it is started", () => {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as {
    scripts: Record<string, string>;
  };
  const flags = NODE_FLAGS.join(" ");
  expect(scripts.start).toBe(`node ${flags} server.ts`);
  expect(scripts.worker).toBe(`node ${flags} lib/operations/worker.ts`);
  const image = readFileSync("Dockerfile", "utf8");
  expect(image).toContain(
    `CMD ${JSON.stringify(["node", ...NODE_FLAGS, "server.ts"])}`.replaceAll(",", ", "),
  );
  expect(image).toContain(`MALLOC_ARENA_MAX=${ALLOCATOR.MALLOC_ARENA_MAX}`);
});
