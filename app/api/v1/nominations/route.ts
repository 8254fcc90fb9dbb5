import { apiRoute, asList } from "@/lib/auth/api-route";
import { customerByRef } from "@/lib/customers/queries/customers";
import { nominate } from "@/lib/nominations/commands/nominate";
import { nominationToJson } from "@/lib/nominations/json";
import { listNominations, nominationById } from "@/lib/nominations/queries/nominations";
import { findProgram } from "@/lib/programs/queries";
import { getNominations, postNominations } from "./contract";

export const GET = apiRoute(getNominations, async (scope, { query }) =>
  asList(await listNominations(scope, query), nominationToJson),
);

export const POST = apiRoute(postNominations, async (scope, { body }) => {
  const program = await findProgram(scope, body.program);
  const friend = await customerByRef(scope, body.friend);
  const { nominationId } = await nominate(scope, {
    programId: program.id,
    friendId: friend.id,
    said: body.said,
    orderId: body.order,
  });
  return nominationToJson(await nominationById(scope, nominationId));
});
