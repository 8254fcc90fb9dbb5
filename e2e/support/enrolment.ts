import { expect } from "@playwright/test";
import type { Api } from "./api";

/** Creates a program with these terms over the API and publishes it. @returns its id */
export async function publishProgram(api: Api, name: string, terms: unknown): Promise<string> {
  const { status, body } = await api.post<{ id: string; state: string }>("/programs", {
    name,
    terms,
    publish: true,
  });
  expect(status, JSON.stringify(body)).toBe(201);
  expect(body.state).toBe("live");
  return body.id;
}

/** Lets customers join a program over the API. @returns the code of each, by the merchant's id */
export async function join(
  api: Api,
  program: string,
  customers: readonly string[],
  joinedAt?: string,
): Promise<Map<string, string>> {
  const joined = await Promise.all(
    customers.map(async (id) => {
      const { status, body } = await api.post<{ advocate: { code: string } | null }>("/customers", {
        id,
        program,
        ...(joinedAt && { joinedAt }),
      });
      expect(status, JSON.stringify(body)).toBe(200);
      return [id, body.advocate!.code] as const;
    }),
  );
  return new Map(joined);
}
