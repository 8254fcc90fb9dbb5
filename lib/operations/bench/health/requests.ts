import { ROUTES } from "@/lib/auth/matrix/routes";
import { pagesOf } from "@/lib/auth/matrix/testing/addresses";
import type { Shop } from "@/lib/auth/matrix/testing/shop";
import type { Described } from "@/lib/auth/matrix/generated/requests";
import { sessionOfCustomer, sessionOfMember } from "@/lib/auth/session/testing";
import { definitions } from "@/lib/reports";
import { largestOf } from "./largest";

/** Something to ask for, with its largest input. */
export type Asked = {
  name: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string;
};

/** The widest questions that reports take: by months, by days, and the most cells of a grid. */
const TO = "2026-11-30";
const WIDEST = [
  `from=1985-12-01&to=${TO}&compare=year&by=month`,
  `from=2025-07-21&to=${TO}&compare=previous&by=day`,
];
const GRIDS = [
  `from=2025-09-11&to=${TO}&unit=day&mode=unbounded&cohorts=recurring`,
  `from=1989-12-01&to=${TO}&unit=month&mode=unbounded&cohorts=recurring`,
];

/** Every operation of the API, by its own description: as it fits, and with the largest body. */
export function apiRequests(document: Described, shop: Shop): Asked[] {
  const headers = {
    authorization: `Bearer ${shop.keys.secret}`,
    "content-type": "application/json",
  };
  const schemas = document.components?.schemas ?? {};
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([name, operation]) => {
      const method = name.toUpperCase();
      const place = `/api/v1${path}`;
      const route = ROUTES[`${method} ${place.replaceAll(/\{(\w+)\}/g, "[$1]")}`];
      if (!route || "open" in route) throw new Error(`${method} ${place} is in no list of routes.`);
      const params = route.params?.(shop) ?? {};
      const address = place.replaceAll(/\{(\w+)\}/g, (_, one: string) => params[one]!);
      const ask = (label: string, target: string, body?: unknown): Asked => ({
        name: `${method} ${label}`,
        method,
        path: target,
        headers,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const schema = operation.requestBody?.content["application/json"]?.schema;
      if (schema) {
        const largest = largestOf(schema, schemas);
        return [
          ask(place, address, route.body?.(shop) ?? {}),
          ask(`${place}, largest`, address, largest),
          ...(path === "/events" ? [ask(`${place}, 1,000`, address, manyEvents(shop))] : []),
        ];
      }
      if (path.includes("{name}"))
        return definitions().flatMap((metric) =>
          WIDEST.map((query, index) =>
            ask(
              `${place.replace("{name}", metric.name)}, widest ${index + 1}`,
              `${place.replace("{name}", metric.name)}?${query}`,
            ),
          ),
        );
      const queries =
        path === "/reports/retention"
          ? GRIDS
          : path === "/reports/funnel"
            ? [`from=1985-12-01&to=${TO}`]
            : [
                [route.query?.(shop).slice(1), hasLimit(operation) && "limit=200"]
                  .filter(Boolean)
                  .join("&"),
              ];
      return queries.map((query, index) =>
        ask(
          `${place}${queries.length > 1 ? ` ${index + 1}` : ""}`,
          query ? `${address}?${query}` : address,
        ),
      );
    }),
  );
}

function hasLimit({ parameters = [] }: Described["paths"][string][string]): boolean {
  return parameters.some(({ name }) => name === "limit");
}

function manyEvents({ customer }: Shop) {
  return {
    events: Array.from({ length: 1_000 }, (_, n) => ({
      type: "purchase",
      customer: { id: `many-${n}`, email: `many-${n}@example.com`, name: "Ada Example" },
      code: customer.code,
      order: { id: `many-${n}`, total: "49.90", currency: "USD" },
    })),
  };
}

/** Every page, route and picture beside the API, with the widest range. */
export async function pageRequests(shop: Shop): Promise<Asked[]> {
  const cookie = [
    await sessionOfMember(shop.members.owner),
    await sessionOfCustomer(shop.scope, shop.customer.id),
  ].join("; ");
  return pagesOf(shop)
    .filter((path) => !path.startsWith("/api/"))
    .map((path) => ({
      name: path.replace(shop.slug, "[merchant]"),
      method: "GET",
      path: `${path}?${WIDEST[0]}&compare=year&q=&page=1`,
      headers: { cookie, accept: "text/html" },
    }));
}
