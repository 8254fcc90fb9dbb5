import { headers } from "next/headers";
import { PATH_HEADER } from "./path-header";

/** The address that asks, as the server in front of us saw it; "unknown" where nothing says. */
export function addressIn(all: Headers): string {
  // Each proxy adds who spoke to it at the end; only the last entry was not written by the one who
  // asks.
  const chain = all.get("x-forwarded-for")?.split(",");
  return chain?.at(-1)?.trim() || "unknown";
}

export async function clientAddress(): Promise<string> {
  return addressIn(await headers());
}

/** The path and query of the page being rendered; null outside of pages. */
export async function currentPath(): Promise<string | null> {
  return (await headers()).get(PATH_HEADER);
}
