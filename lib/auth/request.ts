import { DomainError } from "@/lib/core/errors";
import { headers } from "next/headers";
import { PATH_HEADER } from "./path-header";

/** The client's address as `server.ts` saw it; "unknown" if the header is missing. */
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

/** What a script of the page being rendered must carry to run, as `proxy.ts` put it there. */
export async function scriptNonce(): Promise<string | undefined> {
  return /'nonce-([\w+/=]{1,64})'/.exec(
    (await headers()).get("content-security-policy") ?? "",
  )?.[1];
}

/**
 * The query parameters of a request by name; one without a value counts as absent.
 * @param known the names that the endpoint accepts; none by default
 * @throws DomainError invalid_request, with the name as its path, for an unknown parameter
 */
export function parametersOf(
  request: Request,
  known: Readonly<Record<string, unknown>> = {},
): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {};
  const parameters = new URL(request.url).searchParams;
  for (const name of new Set(parameters.keys())) {
    if (!Object.hasOwn(known, name))
      throw new DomainError("invalid_request", "Unknown parameter.", name.slice(0, 100));
    const values = parameters.getAll(name).filter((value) => value !== "");
    if (values.length > 0) query[name] = values.length === 1 ? values[0]! : values;
  }
  return query;
}
