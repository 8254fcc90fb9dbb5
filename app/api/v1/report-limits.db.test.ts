import { beforeAll, expect, it } from "vitest";
import { definitions } from "@/lib/reports";
import { ENDPOINTS } from "./endpoints";
import { openApi, program, refused, send } from "./testing";

beforeAll(openApi);

const ranged = ENDPOINTS.filter(({ query }) => Object.hasOwn(query?.shape ?? {}, "from")).flatMap(
  ({ method, path }) =>
    path.includes("{name}")
      ? definitions().map(({ name }) => `${method} ${path.replace("{name}", name)}`)
      : [`${method} ${path}`],
);

it("covers every metric and every report that takes a range", () => {
  expect(ranged).toHaveLength(definitions().length + 2);
});

it.each(ranged)("%s refuses a century at once, and days that are none", async (address) => {
  const unit = address === "GET /reports/retention" ? "&unit=day" : "";
  for (const query of [`?from=1918-01-01${unit}`, `?from=1900-01-01&to=2999-12-31${unit}`])
    expect(await send(address, { query })).toMatchObject(refused(400, "invalid_request", "from"));
  expect(await send(address, { query: "?from=2026-05-02&to=2026-05-01" })).toMatchObject(
    refused(400, "invalid_request", "to"),
  );
  for (const to of ["9999-12-31", "0000-01-01", "3000-01-01", "2026-02-30"])
    expect(await send(address, { query: `?to=${to}` })).toMatchObject(
      refused(400, "invalid_request", "to"),
    );
});

it("says the limit beside each definition", async () => {
  const { data } = await send("GET /metrics");
  for (const { limit } of data.data as { limit: string }[]) expect(limit).toMatch(/^At most /);
  for (const [path, query] of [
    ["/reports/retention", ""],
    ["/reports/funnel", ""],
    ["/reports/experiment", `?program=${program.slug}`],
  ] as const) {
    const { data } = await send(`GET ${path}`, { query });
    expect((data.definition as { limit: string }).limit).toMatch(/^At most /);
  }
});
