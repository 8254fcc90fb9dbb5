import { readFileSync } from "node:fs";
import path from "node:path";

/** What the server under test and the tests both need to know. */

/**
 * The server's log and the address of its database; another folder lets two runs stand side by
 * side.
 */
export const folder = path.resolve(process.env.GOODWORD_E2E_DIR || ".data/e2e");

export const AUTH_SECRET = "only-for-tests-".repeat(3);

/** The address of the test server's database. */
export function databaseUrl(): string {
  return readFileSync(path.join(folder, "database-url"), "utf8");
}

/**
 * The environment of a server under test. What a developer's .env may hold must not reach it: no
 * real email, no real Google.
 */
export function serverEnvironment({
  database,
  port,
}: {
  database: string;
  port: number;
}): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NODE_ENV: "production",
    DATABASE_URL: database,
    DATABASE_APP_URL: "",
    DATABASE_GATE_URL: "",
    DATABASE_SESSION_URL: "",
    DATABASE_POOLER: "",
    PORT: String(port),
    HOST: "",
    APP_URL: `http://localhost:${port}`,
    AUTH_SECRET,
    GOODWORD_ROLE: "all",
    GOODWORD_DATA_DIR: folder,
    SMTP_URL: "",
    MAIL_FROM: "",
    GOOGLE_CLIENT_ID: "",
    GOOGLE_CLIENT_SECRET: "",
    TRUST_PROXY: "0",
    SIGN_UP: "open",
    LOG_LEVEL: "info",
  };
}
