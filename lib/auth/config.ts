import { z } from "zod";

/** What signing in needs from the environment, read once. */
const schema = z.object({
  APP_URL: z.url({ protocol: /^https?$/ }).default("http://localhost:3000"),
  GOOGLE_CLIENT_ID: z.string().optional(),
  GOOGLE_CLIENT_SECRET: z.string().optional(),
});

function read() {
  const env = schema.parse({
    APP_URL: process.env.APP_URL || undefined,
    GOOGLE_CLIENT_ID: process.env.GOOGLE_CLIENT_ID || undefined,
    GOOGLE_CLIENT_SECRET: process.env.GOOGLE_CLIENT_SECRET || undefined,
  });
  const { GOOGLE_CLIENT_ID: clientId, GOOGLE_CLIENT_SECRET: clientSecret } = env;
  return {
    baseUrl: new URL(env.APP_URL).origin,
    google: clientId && clientSecret ? { clientId, clientSecret } : null,
  };
}

let settings: ReturnType<typeof read> | undefined;

export function authSettings(): ReturnType<typeof read> {
  return (settings ??= read());
}

/** An address of this server for mails and copies. Never from the request: a forged Host must not end up in a mail. */
export function absoluteUrl(path: string): string {
  return new URL(path, authSettings().baseUrl).toString();
}

/** True when browsers reach us by https, so cookies can be kept to it. */
export function isSecure(): boolean {
  return authSettings().baseUrl.startsWith("https:");
}
