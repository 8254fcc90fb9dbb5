import { spawn } from "node:child_process";
import { buildForProduction, isBuildStale } from "../build";
import { ensureChromium } from "./chromium";
import { main as printFigures } from "../figures";

type Step = { name: string; run: () => Promise<void> };

/**
 * Runs a tool of node_modules with its output on ours. @throws Error when it ends with anything but
 * 0
 */
function tool(script: string, ...args: string[]): () => Promise<void> {
  return () =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [`node_modules/${script}`, ...args], {
        stdio: "inherit",
      });
      child.once("error", reject);
      child.once("exit", (code) =>
        code === 0 ? resolve() : reject(new Error(`ended with ${code}`)),
      );
    });
}

const vitest = "vitest/vitest.mjs";
const sources = ["app", "components", "lib", "prisma", "server.ts"];
const fast: Step[] = [
  { name: "format", run: tool("prettier/bin/prettier.cjs", "--check", "--log-level=warn", ".") },
  { name: "route types", run: tool("next/dist/bin/next", "typegen") },
  { name: "types", run: tool("typescript/bin/tsc", "--noEmit") },
  { name: "lint", run: tool("oxlint/bin/oxlint") },
  {
    name: "structure",
    run: tool(
      "dependency-cruiser/bin/dependency-cruise.mjs",
      "--config",
      ".dependency-cruiser.cjs",
      ...sources,
    ),
  },
  { name: "figures", run: printFigures },
];
const check: Step[] = [
  ...fast,
  { name: "unit tests", run: tool(vitest, "run", "--project", "unit") },
];

/** The browser and API tests, all or those that Playwright's own arguments name. */
const endToEnd = (playwrightArgs: string[]): Step[] => [
  {
    name: "production build",
    run: async () =>
      isBuildStale() ? buildForProduction() : console.log("The build is up to date."),
  },
  {
    name: "browser and API tests",
    run: async () => {
      process.env.CHROMIUM_PATH = await ensureChromium();
      await tool("@playwright/test/cli.js", "test", ...playwrightArgs)();
    },
  },
];

function stepsOf(command: string | undefined, args: string[]): Step[] {
  if (command === "check") return check;
  if (command === "e2e") return endToEnd(args);
  if (command === "fuzz") {
    process.env.FUZZ_REQUESTS ??= "20000";
    return endToEnd(["generated-requests", ...args]);
  }
  return [...fast, { name: "unit and database tests", run: tool(vitest, "run") }, ...endToEnd([])];
}

/**
 * `npm test`, `npm run check`, `npm run e2e -- <Playwright's arguments>`, `npm run fuzz`: one step
 * after the other, until one fails.
 */
export async function main([command, ...args]: string[]): Promise<void> {
  const steps = stepsOf(command, args);
  const begun = performance.now();
  for (const { name, run } of steps) {
    console.log(`\n▶ ${name}`);
    const started = performance.now();
    try {
      await run();
    } catch (error) {
      const reason = error instanceof Error ? error.message : error;
      console.error(`✗ ${name} failed after ${seconds(started)}: ${reason}`);
      process.exit(1);
    }
    console.log(`✓ ${name} (${seconds(started)})`);
  }
  console.log(`\nAll ${steps.length} steps passed in ${seconds(begun)}.`);
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
