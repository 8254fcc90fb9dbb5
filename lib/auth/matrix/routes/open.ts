import type { RouteEntry } from "./entry";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

export const openRoutes: Record<string, RouteEntry> = {
  ...Object.fromEntries(
    METHODS.map((method) => [`${method} /api/[[...path]]`, { open: "says that nothing is here" }]),
  ),
  "GET /api/health": { open: "says that the process lives" },
  "GET /api/ready": { open: "says which parts stand" },
  "GET /api/auth/[...nextauth]": { open: "NextAuth's own" },
  "POST /api/auth/[...nextauth]": { open: "NextAuth's own" },
  "GET /api/v1/openapi.json": { open: "describes the API" },
};
