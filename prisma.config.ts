import { defineConfig } from "prisma/config";

// `prisma generate` looks for an engine program that it never runs, and would download one. Any
// program will do; migrations run through the engine's npm package
// (lib/operations/database/migrate.ts).
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;
process.env.PRISMA_HIDE_UPDATE_MESSAGE ??= "1";
process.env.CHECKPOINT_DISABLE ??= "1";

export default defineConfig({ schema: "prisma/schema", migrations: { path: "prisma/migrations" } });
