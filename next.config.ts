import type { NextConfig } from "next";

const config: NextConfig = {
  distDir: process.env.NEXT_DIST_DIR || ".next",
  poweredByHeader: false,
  // A folder above may hold a lock file of something else; ours is the root all the same.
  turbopack: { root: import.meta.dirname },
  outputFileTracingRoot: import.meta.dirname,
  // `npm run typecheck` checks the types, once; TypeScript 7 has a command line and no programming interface.
  experimental: { useTypeScriptCli: true },
  typescript: { ignoreBuildErrors: true },
  devIndicators: false,
  serverExternalPackages: ["@node-rs/argon2", "graphile-worker", "nodemailer", "pg", "pino"],
};

export default config;
