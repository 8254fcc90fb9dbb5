import { apiRoute, asList } from "@/lib/auth/api-route";
import { inScope } from "@/lib/merchants/scope";
import { createProgram } from "@/lib/programs/commands/create-program";
import { publishProgram } from "@/lib/programs/commands/publish-program";
import { programToJson } from "@/lib/programs/json";
import { readProgramInput } from "@/lib/programs/forms/program-input";
import { pageOfPrograms, programRecord } from "@/lib/programs/queries";
import { getPrograms, postPrograms } from "./contract";

export const GET = apiRoute(getPrograms, async (scope, { query }) =>
  asList(await pageOfPrograms(scope, query), (program) => programToJson(scope, program)),
);

export const POST = apiRoute(postPrograms, (scope, { body }) =>
  inScope(scope, async (tx) => {
    const { id } = await createProgram(tx, await readProgramInput(tx, body));
    if (body.publish) await publishProgram(tx, id);
    return programToJson(tx, await programRecord(tx, id));
  }),
);
