import path from "node:path";
import { defineConfig } from "vitest/config";

const nowhere = ["**/node_modules/**", "**/.next*/**", ".data/**", "e2e/**"];
const alias = { "@": path.resolve(import.meta.dirname) };

/** Ends a test that hangs. It says nothing about speed: a busy machine may take this long. */
const MOST_MS = 15 * 60_000;

/**
 * `unit` needs nothing; `db` gets a PostgreSQL server, and each of its files a database of its own.
 */
export default defineConfig({
  test: {
    projects: [
      {
        resolve: { alias },
        test: {
          name: "unit",
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...nowhere, "**/*.db.test.ts"],
          env: { TZ: "UTC" },
          testTimeout: MOST_MS,
        },
      },
      {
        resolve: { alias },
        test: {
          name: "db",
          // After the unit tests, which run in as many workers as there are cores.
          sequence: { groupOrder: 1 },
          include: ["**/*.db.test.ts"],
          exclude: nowhere,
          env: { TZ: "UTC" },
          globalSetup: "lib/operations/testing/test-server.ts",
          setupFiles: "lib/operations/testing/test-database.ts",
          pool: "forks",
          maxWorkers: 2,
          testTimeout: MOST_MS,
          hookTimeout: MOST_MS,
        },
      },
    ],
  },
});
