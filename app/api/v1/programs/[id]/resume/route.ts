import { apiRoute } from "@/lib/auth/api-route";
import { resumeProgram } from "../../contract";
import { setState } from "../../set-state";

export const POST = apiRoute(resumeProgram, (scope, { params }) =>
  setState(scope, params.id, "live"),
);
