import { describe, expect, it } from "vitest";
import { openApiDocument, operationId, refusalsOf } from "./document";
import { ENDPOINTS } from "./endpoints";

const files = Object.keys(import.meta.glob("/app/api/v1/**/route.ts"));
const sources = import.meta.glob<string>("/app/api/v1/**/route.ts", {
  query: "?raw",
  import: "default",
  eager: true,
});

describe("the description of the API", () => {
  it("has every route that takes a key, by its methods, and no other", () => {
    const written = files
      .filter((file) => !file.includes("/openapi.json/"))
      .flatMap((file) => {
        const path = file
          .replace(/^\/app\/api\/v1|\/route\.ts$/g, "")
          .replaceAll(/\[(\w+)\]/g, "{$1}");
        const methods = [
          ...sources[file]!.matchAll(
            /export (?:const|async function|function) (GET|POST|PUT|PATCH|DELETE)\b/g,
          ),
        ];
        return methods.map(([, method]) => `${method} ${path}`);
      });
    expect(ENDPOINTS.map(({ method, path }) => `${method} ${path}`).sort()).toEqual(written.sort());
  });

  it.each(ENDPOINTS.map((said) => [`${said.method} ${said.path}`, said] as const))(
    "shows an example of %s that its own schemas take",
    (_, said) => {
      expect(said.response.parse(said.example.response)).toEqual(said.example.response);
      expect(said.example.body !== undefined).toBe(said.body !== undefined);
      said.body?.parse(said.example.body);
      if (said.query) said.query.parse(Object.fromEntries(new URLSearchParams(said.example.query)));
      expect(said.params !== undefined).toBe(said.path.includes("{"));
      expect(refusalsOf(said).map(([status]) => status)).toEqual(
        expect.arrayContaining(["401", "429", "500", "503"]),
      );
    },
  );

  it("is whole: every reference leads somewhere, every operation has a name of its own", () => {
    const document = openApiDocument();
    const schemas = Object.keys(document.components?.schemas ?? {});
    const references = [
      ...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g),
    ].map(([, name]) => name!);
    expect(references.length).toBeGreaterThan(20);
    for (const name of references) expect(schemas).toContain(name);
    expect(new Set(ENDPOINTS.map(operationId)).size).toBe(ENDPOINTS.length);
    expect(document.openapi).toBe("3.1.0");
  });
});
