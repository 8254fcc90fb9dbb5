import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Runs a tool of node_modules that prints JSON. Such tools end with 1 when they find something. */
async function jsonOf(script: string, ...args: string[]): Promise<unknown> {
  const options = { maxBuffer: 256 * 1024 * 1024 };
  try {
    const { stdout } = await run(process.execPath, [`node_modules/${script}`, ...args], options);
    return JSON.parse(stdout);
  } catch (error) {
    const { stdout } = error as { stdout?: string };
    if (!stdout?.trimStart().startsWith("{")) throw error;
    return JSON.parse(stdout);
  }
}

/** "path:line" of each function longer than the lint's `max-lines-per-function` allows. */
export async function longFunctions(): Promise<string[]> {
  const { diagnostics } = (await jsonOf("oxlint/bin/oxlint", "--format", "json")) as {
    diagnostics: {
      code: string;
      filename: string;
      message: string;
      labels: { span: { line: number } }[];
    }[];
  };
  return diagnostics
    .filter(({ code }) => code.includes("max-lines-per-function"))
    .map(({ filename, labels, message }) => `${filename}:${labels[0]?.span.line}: ${message}`);
}

/** Each circle of imports, types included. */
export async function circles(places: readonly string[]): Promise<string[]> {
  const { summary } = (await jsonOf(
    "dependency-cruiser/bin/dependency-cruise.mjs",
    "--config=.dependency-cruiser.cjs",
    "--output-type=json",
    ...places,
  )) as {
    summary: {
      violations: { rule: { name: string }; from: string; cycle?: { name: string }[] }[];
    };
  };
  return summary.violations
    .filter(({ rule }) => rule.name === "no-circles")
    .map(({ from, cycle }) => [from, ...(cycle ?? []).map(({ name }) => name)].join(" → "));
}

type KnipIssue = { file: string } & Record<string, unknown>;

/** Every file, export, type and package that nothing uses. */
export async function unused(): Promise<string[]> {
  const { issues } = (await jsonOf(
    "knip/bin/knip.js",
    "--reporter=json",
    "--no-progress",
    "--no-exit-code",
  )) as { issues: KnipIssue[] };
  return issues.flatMap(({ file, ...kinds }) =>
    Object.entries(kinds).flatMap(([kind, found]) =>
      (found as { name?: string }[]).map(({ name }) => `${file}: ${kind} ${name ?? ""}`),
    ),
  );
}
