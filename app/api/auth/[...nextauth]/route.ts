import NextAuth from "next-auth";
import { apiErrorBody } from "@/lib/core/api-error";
import { authOptions } from "@/lib/auth/sign-in/options";

type Context = { params: Promise<{ nextauth: string[] }> };

async function handle(request: Request, context: Context): Promise<Response> {
  if (!(await isReadable(request)))
    return Response.json(
      apiErrorBody("invalid_request", "The body is not an object in valid JSON."),
      { status: 400 },
    );
  return NextAuth(authOptions())(request, context);
}

/** NextAuth takes for granted that what says it is JSON is an object. */
async function isReadable(request: Request): Promise<boolean> {
  const isJson = request.headers.get("content-type")?.includes("application/json") ?? false;
  if (request.method !== "POST" || request.body === null || !isJson) return true;
  const body: unknown = await request
    .clone()
    .json()
    .catch(() => null);
  return typeof body === "object" && body !== null && !Array.isArray(body);
}

export { handle as GET, handle as POST };
