import { benchHotPath, SCENARIOS } from "./hot-paths";
import { benchPages } from "./pages";
import { benchProcessing } from "./processing";

/**
 * `npm run bench`: what the product does beside something bare that does the same and nothing else,
 * as ratios taken side by side in one run. Its parts, each on an empty database: the hot paths, the
 * processing of what they took in, and the pages of a large shop. BENCH_ONLY names one of them:
 * `clicks`, `events`, `batches`, `processing` or `pages`. Started by `bootstrap.mjs`; sets the exit
 * code.
 */
export async function main(): Promise<void> {
  process.env.AUTH_SECRET ??= "only-for-the-bench-".repeat(3);
  const only = process.env.BENCH_ONLY;
  const isWanted = (part: string) => !only || only === part;
  let failed = false;
  for (const scenario of SCENARIOS)
    if (isWanted(scenario.kind) && (await benchHotPath(scenario)) > 0) failed = true;
  if (isWanted("processing") && (await benchProcessing()) > 0) failed = true;
  if (isWanted("pages") && (await benchPages()) > 0) failed = true;
  console.log(
    failed
      ? "\nSomething fell short."
      : "\nNothing fell short; the rows are exactly those expected.",
  );
  process.exitCode = failed ? 1 : 0;
}
