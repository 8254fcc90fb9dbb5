import { benchFairness } from "./fairness";
import { benchHealth } from "./health";
import { benchHotPath, SCENARIOS } from "./hot-paths";
import { benchKills } from "./kills";
import { benchMemory } from "./memory";
import { benchPages } from "./pages";
import { benchProcessing } from "./processing";

/** By name: measures, prints, and says how many of its figures fall short. */
const PARTS: Record<string, () => Promise<number>> = {
  ...Object.fromEntries(SCENARIOS.map((one) => [one.kind, () => benchHotPath(one)])),
  processing: benchProcessing,
  pages: benchPages,
  fairness: benchFairness,
  health: benchHealth,
  memory: benchMemory,
  kills: benchKills,
};

/** They take many minutes, or an hour: only when they are asked for. */
const ONLY_BY_NAME = new Set(["health", "memory", "kills"]);

/**
 * `npm run bench`: what the product does beside something bare that does the same and nothing else,
 * as ratios taken side by side in one run; and what it takes of the machine. Each part has an empty
 * database. BENCH_ONLY names one of them. Started by `bootstrap.mjs`; sets the exit code.
 * @throws Error for a part that is none
 */
export async function main(): Promise<void> {
  process.env.AUTH_SECRET ??= "only-for-the-bench-".repeat(3);
  const only = process.env.BENCH_ONLY;
  if (only && !PARTS[only]) throw new Error(`Parts: ${Object.keys(PARTS).join(", ")}.`);
  let failed = false;
  for (const [name, part] of Object.entries(PARTS)) {
    if (only ? only !== name : ONLY_BY_NAME.has(name)) continue;
    if ((await part()) > 0) failed = true;
  }
  console.log(
    failed
      ? "\nSomething fell short."
      : "\nNothing fell short; the rows are exactly those expected.",
  );
  process.exitCode = failed ? 1 : 0;
}
