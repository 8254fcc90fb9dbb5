import { existsSync } from "node:fs";
import { z } from "zod";

const optional = <T extends z.ZodType>(schema: T) => schema.optional();

const databaseAddress = optional(
  z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgresql:// address" }),
);

/** Every variable that the processes read; `.env.example` says more about each. */
const environmentSchema = z
  .object({
    NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
    DATABASE_URL: databaseAddress,
    DATABASE_APP_URL: databaseAddress,
    DATABASE_GATE_URL: databaseAddress,
    DATABASE_SESSION_URL: databaseAddress,
    DATABASE_POOLER: optional(z.literal("transaction", "must be transaction, or not there")),
    PORT: z.coerce.number("must be a number").int().min(1).max(65_535).default(3000),
    HOST: optional(z.string()),
    APP_URL: optional(
      z.url({ protocol: /^https?$/, error: "must be an http:// or https:// address" }),
    ),
    HSTS_SCOPE: z.enum(["subdomains", "host"], "must be subdomains or host").default("subdomains"),
    AUTH_SECRET: z.string().min(32, "needs at least 32 characters"),
    GOODWORD_ROLE: z
      .enum(["all", "edge", "web", "worker"], "must be all, edge, web or worker")
      .default("all"),
    GOODWORD_DATA_DIR: z.string().default(".data"),
    SMTP_URL: optional(
      z.url({ protocol: /^smtps?$/, error: "must be an smtp:// or smtps:// address" }),
    ),
    MAIL_FROM: optional(z.string()),
    GOOGLE_CLIENT_ID: optional(z.string()),
    GOOGLE_CLIENT_SECRET: optional(z.string()),
    SIGN_UP: optional(z.enum(["open", "invited", "closed"], "must be open, invited or closed")),
    EMAILS_PER_DAY: z.coerce.number("must be a number").int().min(1).default(20_000),
    LOG_LEVEL: z
      .enum(
        ["trace", "debug", "info", "warn", "error", "fatal", "silent"],
        "must be a level such as info or warn",
      )
      .default("info"),
    EVENTS_PER_MINUTE: z.coerce.number("must be a number").int().min(1).default(600_000),
    TRUST_PROXY: z.coerce
      .number("must be how many proxies stand in front")
      .int()
      .min(0)
      .max(10)
      .default(0),
  })
  .refine((env) => env.DATABASE_URL || (env.DATABASE_APP_URL && env.DATABASE_GATE_URL), {
    path: ["DATABASE_URL"],
    error: "(or DATABASE_APP_URL and DATABASE_GATE_URL) is missing",
    // Also beside other faults: all are named at once.
    when: () => true,
  })
  .refine((env) => !env.APP_URL || isBareOrigin(env.APP_URL), {
    path: ["APP_URL"],
    error: "must not have a path: Goodword needs a host name of its own",
  })
  .refine((env) => !env.SMTP_URL || env.MAIL_FROM, {
    path: ["MAIL_FROM"],
    error: "is needed beside SMTP_URL",
  })
  .refine((env) => !env.GOOGLE_CLIENT_ID === !env.GOOGLE_CLIENT_SECRET, {
    path: ["GOOGLE_CLIENT_SECRET"],
    error: "and GOOGLE_CLIENT_ID go together",
  });

/** Every other address begins with this one, so it can have no path, query or user. */
function isBareOrigin(address: string): boolean {
  const { origin, href } = new URL(address);
  return href === `${origin}/`;
}

/** The validated environment. `APP_URL` is the public URL without a trailing slash. */
export type Environment = Omit<z.infer<typeof environmentSchema>, "APP_URL"> & { APP_URL: string };

/**
 * Checks the variables of a process; an empty one counts as missing.
 * @throws Error with one line that names each variable that is missing or wrong
 */
export function readEnvironment(source: Record<string, string | undefined>): Environment {
  const given = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      return given[name] === undefined && issue.code !== "custom"
        ? `${name} is missing`
        : `${name} ${issue.message}`;
    });
    throw new Error(`The environment is not complete: ${faults.join("; ")}. See .env.example.`);
  }
  const env = parsed.data;
  return { ...env, APP_URL: (env.APP_URL ?? `http://localhost:${env.PORT}`).replace(/\/+$/, "") };
}

let current: Environment | undefined;

/** The environment of this process, read on the first call. @throws as `readEnvironment` */
export function environment(): Environment {
  return (current ??= readEnvironment(process.env));
}

/** Loads `.env` if there is one; variables that are already set win. */
export function loadEnvironmentFile(): void {
  if (existsSync(".env")) process.loadEnvFile(".env");
}

/** Sets the variables from which NextAuth reads its secret and URL. */
export function exportToNextAuth(env: Environment): void {
  process.env.APP_URL = env.APP_URL;
  process.env.NEXTAUTH_URL = env.APP_URL;
  process.env.NEXTAUTH_SECRET = env.AUTH_SECRET;
}
