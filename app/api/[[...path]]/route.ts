import { apiErrorBody } from "@/lib/core/api-error";

/** What the API says about an address that it does not have: JSON, as about everything else. */
function nothingHere(): Response {
  return Response.json(apiErrorBody("not_found", "The API has no such address."), {
    status: 404,
    headers: { "cache-control": "no-store" },
  });
}

export {
  nothingHere as DELETE,
  nothingHere as GET,
  nothingHere as PATCH,
  nothingHere as POST,
  nothingHere as PUT,
};
