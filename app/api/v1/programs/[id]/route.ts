import { apiRoute, preflight } from "@/lib/auth/api-route";
import { notFound } from "@/lib/core/errors";
import { scopeAllows } from "@/lib/merchants/scope";
import { programToJson, publicProgramToJson } from "@/lib/programs/json";
import { findProgram, programRecord, publishedProgram } from "@/lib/programs/queries";
import { getProgram } from "../contract";

export const GET = apiRoute(getProgram, async (scope, { params }) => {
  if (scopeAllows(scope, "program.read"))
    return programToJson(scope, await programRecord(scope, params.id));
  const { id } = await findProgram(scope, params.id);
  const published = await publishedProgram(scope, id);
  if (!published) throw notFound("program");
  return publicProgramToJson(published);
});

export const OPTIONS = preflight;
