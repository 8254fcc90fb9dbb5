import { apiRoute } from "@/lib/auth/api-route";
import { inScope } from "@/lib/merchants/scope";
import { publishProgram } from "@/lib/programs/commands/publish-program";
import { programToJson } from "@/lib/programs/json";
import { findProgram, programRecord } from "@/lib/programs/queries";
import { publishProgramEndpoint } from "../../contract";

export const POST = apiRoute(publishProgramEndpoint, (scope, { params }) =>
  inScope(scope, async (tx) => {
    const { id } = await findProgram(tx, params.id);
    await publishProgram(tx, id);
    return programToJson(tx, await programRecord(tx, id));
  }),
);
