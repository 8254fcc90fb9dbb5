// @ts-check
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import createNextIntlPlugin from "next-intl/plugin";

const distDir = process.env.NEXT_DIST_DIR || ".next";

// Also for a `next` that was started by hand; the scripts of package.json set it before.
process.env.NEXT_TELEMETRY_DISABLED = "1";

/**
 * Next writes the place of its generated types into the tsconfig.json it uses. For a build
 * elsewhere it gets one of its own (not in that place, which a build empties), so that ours stays
 * as it is.
 * @param {string} folder where the build goes
 * @returns {string} the path of the tsconfig.json to use
 */
function tsconfigFor(folder) {
  if (folder === ".next") return "tsconfig.json";
  const file = path.join(
    "node_modules",
    ".cache",
    "goodword",
    `tsconfig.${path.basename(folder)}.json`,
  );
  const include = ["types", "dev/types"].map((types) => `../../../${folder}/${types}/**/*.ts`);
  mkdirSync(path.resolve(import.meta.dirname, path.dirname(file)), { recursive: true });
  writeFileSync(
    path.resolve(import.meta.dirname, file),
    JSON.stringify({ extends: "../../../tsconfig.json", include }),
  );
  return file;
}

/** @type {import("next").NextConfig} */
const config = {
  distDir,
  poweredByHeader: false,
  // `server.ts` does, with Brotli where a browser takes it.
  compress: false,
  // A page's head is whole when it is sent: some of ours have no script that would mend it later.
  htmlLimitedBots: /.*/,
  // A folder above may hold a lock file of something else; ours is the root all the same.
  turbopack: { root: import.meta.dirname },
  outputFileTracingRoot: import.meta.dirname,
  // `npm run typecheck` checks the types, once; TypeScript 7 has a command line and no programming
  // interface. A page that a role may not open answers 403 (`forbidden()` in lib/auth/member.ts).
  // Source maps of pages would all be read and kept by Node: 180 MB.
  experimental: { useTypeScriptCli: true, authInterrupts: true, turbopackSourceMaps: false },
  typescript: { ignoreBuildErrors: true, tsconfigPath: tsconfigFor(distDir) },
  devIndicators: false,
  // Nothing uses Next's image server, and anybody could have it decode pictures.
  images: { unoptimized: true },
  // Browsers ask for it wherever a page has not named its icon yet, or is none.
  redirects: async () => [{ source: "/favicon.ico", destination: "/icon.svg", permanent: true }],
  serverExternalPackages: ["@node-rs/argon2", "graphile-worker", "nodemailer", "pg", "pino"],
};

export default createNextIntlPlugin("./app/i18n.ts")(config);
