import { openApiDocument } from "../document";

export const dynamic = "force-dynamic";

/** Open to anyone: it describes the API and holds nobody's data. */
export function GET(): Response {
  return Response.json(openApiDocument(), {
    headers: { "access-control-allow-origin": "*", "cache-control": "public, max-age=300" },
  });
}
