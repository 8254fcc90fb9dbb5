import { apiRoute } from "@/lib/auth/api-route";
import { endProgram } from "../../contract";
import { setState } from "../../set-state";

export const POST = apiRoute(endProgram, (scope, { params }) =>
  setState(scope, params.id, "ended"),
);
