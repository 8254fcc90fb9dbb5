import { environment } from "@/lib/core/env";

/** An address of this server for mails and copies. Never from the request: a forged Host must not end up in a mail. */
export function absoluteUrl(path: string): string {
  return new URL(path, environment().APP_URL).toString();
}

/** True when browsers reach us by https, so cookies can be kept to it. */
export function isSecure(): boolean {
  return environment().APP_URL.startsWith("https:");
}
