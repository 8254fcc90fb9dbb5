// What the npm scripts start. Plain JavaScript without a single dependency, since the first thing
// it does on a bare clone is to install them. Then it loads the TypeScript program of the command,
// in this same process.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "../..");
const command = process.argv[2] ?? "";
const programs = {
  demo: "demo.ts",
  dev: "dev.ts",
  build: "build.ts",
  test: "testing/run-tests.ts",
  check: "testing/run-tests.ts",
  e2e: "testing/run-tests.ts",
  fuzz: "testing/run-tests.ts",
  bench: "bench/index.ts",
  figures: "figures/index.ts",
  fonts: "pages/fonts.ts",
  lighthouse: "pages/lighthouse.ts",
};

process.chdir(root);
Object.assign(process.env, {
  NEXT_TELEMETRY_DISABLED: "1",
  CHECKPOINT_DISABLE: "1",
  PRISMA_HIDE_UPDATE_MESSAGE: "1",
  // Prisma would download an engine that nothing here runs; told that it has one, it does not.
  PRISMA_SCHEMA_ENGINE_BINARY: process.env.PRISMA_SCHEMA_ENGINE_BINARY || process.execPath,
  PRISMA_SKIP_POSTINSTALL_GENERATE: "1",
});

try {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    throw new Error(`Goodword needs Node 20.19 or newer; this is ${process.versions.node}.`);
  }
  if (!Object.hasOwn(programs, command))
    throw new Error(`Commands: ${Object.keys(programs).join(", ")}.`);
  await installIfNeeded();
  await generateIfNeeded();
  const { register } = await import("tsx/esm/api");
  register();
  const program = await import(`./${programs[command]}`);
  await program.main(process.argv.slice(2));
} catch (error) {
  // A plain Error is one of ours, and its message says all; anything else is a fault of the code.
  console.error(error?.constructor === Error ? error.message : error);
  process.exit(1);
}

/** `npm ci`, unless the packages that are there are those of the lock file. */
async function installIfNeeded() {
  const wanted = JSON.parse(readFileSync("package-lock.json", "utf8")).packages;
  const record = "node_modules/.package-lock.json";
  const present = existsSync(record) ? JSON.parse(readFileSync(record, "utf8")).packages : {};
  const lacks = ([place, entry]) =>
    place !== "" && !entry.optional && present[place]?.version !== entry.version;
  if (!Object.entries(wanted).some(lacks)) return;
  console.log("Installing the packages of package-lock.json (npm ci) …");
  const args = ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const npm = process.env.npm_execpath;
  if (npm?.endsWith(".js")) await run(process.execPath, [npm, ...args]);
  else
    await run(process.platform === "win32" ? "npm.cmd" : "npm", args, {
      shell: process.platform === "win32",
    });
}

/** `prisma generate`, unless the client that is there was made from this schema by this version. */
async function generateIfNeeded() {
  const hash = createHash("sha256").update(readFileSync("node_modules/prisma/package.json"));
  for (const name of readdirSync("prisma/schema").sort())
    hash.update(name).update(readFileSync(`prisma/schema/${name}`));
  const digest = hash.digest("hex");
  const mark = "prisma/generated/.made-from";
  if (existsSync(mark) && readFileSync(mark, "utf8") === digest) return;
  await run(process.execPath, ["node_modules/prisma/build/index.js", "generate", "--no-hints"], {
    stdio: "pipe",
  });
  writeFileSync(mark, digest);
}

function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: "inherit", ...options });
    let words = "";
    for (const output of [child.stdout, child.stderr])
      output?.on("data", (chunk) => (words += chunk));
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve();
      else
        reject(
          new Error(`${words}${[path.basename(program), ...args].join(" ")} failed (${code}).`),
        );
    });
  });
}
