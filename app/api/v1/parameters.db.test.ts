import { beforeAll, describe, expect, it } from "vitest";
import { ENDPOINTS } from "./endpoints";
import { openApi, refused, send } from "./testing";

beforeAll(openApi);

/** All but taking events in, which costs no fact for the sake of an address. */
const addresses = ENDPOINTS.filter(({ path }) => path !== "/events").map(
  ({ method, path, body, query, example }) => ({
    address: `${method} ${path.replaceAll(/\{\w+\}/g, "any")}`,
    ...(body !== undefined && { body: example.body }),
    known: Object.keys(query?.shape ?? {}),
  }),
);

describe("a parameter that an endpoint does not have", () => {
  it.each(addresses)("is refused by $address, with a value or without", async (endpoint) => {
    const { address, known, ...sent } = endpoint;
    const unknown = ["segment", "form", "__proto__", "constructor", "Limit", "toString"];
    for (const name of unknown.filter((name) => !known.includes(name))) {
      for (const query of [`?${name}=vip`, `?${name}=`, `?${name}`, `?${name}=1&${name}=2`])
        expect(await send(address, { ...sent, query }), query).toMatchObject(
          refused(400, "invalid_request", name),
        );
    }
  });
});

describe("a field that a body does not have", () => {
  it.each(addresses.filter(({ body }) => body !== undefined))(
    "is refused by $address",
    async ({ address, body }) => {
      expect(await send(address, { body: { ...(body as object), segment: "vip" } })).toMatchObject(
        refused(400, "invalid_request", "segment"),
      );
    },
  );
});
