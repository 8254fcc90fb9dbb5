import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";

const distDir = () => path.resolve(process.env.NEXT_DIST_DIR || ".next");
const mark = () => path.join(distDir(), "goodword-sources");

/** Folders whose files end up in a build; of the files at the root, all with these endings. */
const sourceFolders = ["app", "components", "lib", "prisma/schema", "public"];
const rootFile = /\.(json|js|mjs|ts)$/;
const notBuilt = /\.test\.tsx?$|^lib\/operations\/(?!request-faults)/;

/**
 * Whether the production build is missing, or was made from other sources than those that are here.
 */
export function isBuildStale(): boolean {
  const made =
    existsSync(path.join(distDir(), "BUILD_ID")) && existsSync(mark())
      ? readFileSync(mark(), "utf8")
      : "";
  return made !== hashSources();
}

/**
 * Builds for production.
 * @param logFile where the build's output goes; to our own when it is not given
 * @throws Error with the end of the output when the build fails
 */
export async function buildForProduction(logFile?: string): Promise<void> {
  // Taken before, so that what is edited during the build counts as newer.
  const sources = hashSources();
  if (logFile) mkdirSync(path.dirname(logFile), { recursive: true });
  const log = logFile ? openSync(logFile, "w") : null;
  const code = await new Promise<number | null>((resolve, reject) => {
    const next = spawn(process.execPath, ["node_modules/next/dist/bin/next", "build"], {
      env: { ...process.env, NODE_ENV: "production" },
      stdio: log === null ? "inherit" : ["ignore", log, log],
    });
    next.once("error", reject).once("exit", resolve);
  });
  if (log !== null) closeSync(log);
  if (code !== 0) {
    const words = logFile
      ? `\n${readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-25).join("\n")}`
      : "";
    throw new Error(`The production build failed.${words}`);
  }
  writeFileSync(mark(), sources);
}

function hashSources(): string {
  const files = readdirSync(".").filter(
    (name) => rootFile.test(name) && !name.startsWith("next-env."),
  );
  for (const folder of sourceFolders) {
    if (!existsSync(folder)) continue;
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (entry.isFile())
        files.push(path.join(entry.parentPath, entry.name).replaceAll(path.sep, "/"));
    }
  }
  const hash = createHash("sha256").update(process.version);
  for (const file of files.filter((name) => !notBuilt.test(name)).sort())
    hash.update(file).update(readFileSync(file));
  return hash.digest("hex");
}

/** `npm run build` */
export async function main(): Promise<void> {
  await buildForProduction();
}
