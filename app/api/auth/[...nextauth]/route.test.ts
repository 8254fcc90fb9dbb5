import { expect, it } from "vitest";
import { POST } from "./route";

it.each(["{", "name=Tea", "--tea\r\n", "", "null", "[]", "5", '"json"'])(
  "refuses %j that says it is JSON",
  async (body) => {
    const request = new Request("http://localhost/api/auth/callback/credentials", {
      method: "POST",
      headers: { "content-type": "application/json; charset=utf-8" },
      body,
    });
    const params = Promise.resolve({ nextauth: ["callback", "credentials"] });
    const answer = await POST(request, { params });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code: "invalid_request" } });
  },
);
