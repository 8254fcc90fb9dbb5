import { apiRoute } from "@/lib/auth/api-route";
import { pauseProgram } from "../../contract";
import { setState } from "../../set-state";

export const POST = apiRoute(pauseProgram, (scope, { params }) =>
  setState(scope, params.id, "paused"),
);
