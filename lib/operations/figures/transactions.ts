import type { Source } from "./sources";

const LOCKING = /\bFOR (NO KEY )?UPDATE\b|\bpg_advisory_xact_lock/;
/** What tells the transaction of it, or takes its place in the order of locks by itself. */
const TOLD = /\.took\(|\bdefineWrite\b|\block: Locks\b/;
/** Waits for nobody. */
const SKIPS = /SKIP LOCKED/;
/** Where there is no merchant's transaction yet: locks themselves, migrations, the first shop. */
const BELOW = [
  "lib/merchants/commands/open-shop.ts",
  "lib/merchants/locks.ts",
  "lib/operations/database/schema-engine.ts",
];
/** Hands its statement out with the duty to note its rows. */
const HANDED_OUT = ["lib/referrals/commands/lock-referral.ts"];

/** Statements that lock rows without the transaction knowing, so that no test sees their order. */
export function untoldLocks(sources: readonly Source[]): string[] {
  return sources
    .filter(({ path, isTest }) => path.startsWith("lib/") && !isTest)
    .filter(({ path }) => ![...BELOW, ...HANDED_OUT].includes(path))
    .filter(({ lines }) => !lines.some((line) => TOLD.test(line)))
    .flatMap(({ path, lines }) =>
      lines.flatMap((line, index) =>
        LOCKING.test(line) && !SKIPS.test(line) ? [`${path}:${index + 1}`] : [],
      ),
    );
}

/** Transactions under another name than `tx`: a reader would take them for a scope. */
export function misnamed(sources: readonly Source[]): string[] {
  const code = sources.filter(({ isTest }) => !isTest);
  return code.flatMap(({ path, lines }) =>
    lines.flatMap((line, index) =>
      /\b(?!tx\b)\w+: Tx\b[,)]/.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [],
    ),
  );
}
