import { reason, type RouteEntry } from "./entry";

export const deskRoutes: Record<string, RouteEntry> = {
  "GET /api/v1/reviews": {
    key: "secret",
    query: ({ slug }) => `?search=${slug}`,
    elsewhere: "empty",
    own: 200,
  },
  "POST /api/v1/reviews/[id]/answer": {
    key: "secret",
    params: ({ questionId }) => ({ id: questionId }),
    body: () => ({ outcome: "kept", answer: "Because of the test" }),
    elsewhere: "not_found",
    own: 200,
  },
  "GET /api/v1/nominations": {
    key: "secret",
    query: ({ slug }) => `?search=${slug}`,
    elsewhere: "empty",
    own: 200,
  },
  "POST /api/v1/nominations": {
    key: "secret",
    body: ({ program, buyerId, customer }) => ({
      program: program.id,
      friend: buyerId,
      said: customer.code,
    }),
    elsewhere: "not_found",
    own: 409,
  },
  "POST /api/v1/nominations/[id]/decide": {
    key: "secret",
    params: ({ nominationId }) => ({ id: nominationId }),
    body: () => ({ decision: "reject", ...reason() }),
    elsewhere: "not_found",
    own: 200,
  },
};
