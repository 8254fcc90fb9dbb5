import { request } from "node:https";
import { hasNginx, startNginx } from "@/lib/operations/testing/nginx";
import { ownServer } from "../support/server/own-server";
import { connectDatabase, openShop } from "../support/shop";
import { expect, test } from "../support/test";

const HOST = "refer.example.com";

type Answer = { status: number; location: string | undefined; cookies: string[]; text: string };

/** A browser without scripts at https://refer.example.com, by way of nginx. */
function browserAt(port: number) {
  const jar = new Map<string, string>();
  const origin = `https://${HOST}`;
  const send = (path: string, form?: FormData): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const body = form && new Response(form);
      const sent = request({
        host: "127.0.0.1",
        port,
        path,
        method: form ? "POST" : "GET",
        rejectUnauthorized: false,
        servername: HOST,
        headers: {
          host: HOST,
          cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; "),
          ...(body && { origin, "content-type": body.headers.get("content-type")! }),
        },
      });
      sent.once("error", reject);
      sent.once("response", (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.once("error", reject);
        response.once("end", () => {
          const cookies = response.headers["set-cookie"] ?? [];
          for (const cookie of cookies) {
            const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!;
            if (value) jar.set(name!, value);
            else jar.delete(name!);
          }
          resolve({
            status: response.statusCode ?? 0,
            location: response.headers.location,
            cookies,
            text: Buffer.concat(parts).toString("utf8"),
          });
        });
      });
      if (!body) return void sent.end();
      body.arrayBuffer().then((bytes) => sent.end(Buffer.from(bytes)), reject);
    });
  /** Fills in the form of a page that has this field, and sends it as it stands. */
  const submit = async (path: string, field: string, filled: Record<string, string>) => {
    const { text } = await send(path);
    const shown = text.match(/<form[\s\S]*?<\/form>/g)?.find((one) => one.includes(field));
    if (!shown) throw new Error(`${path} has no form with ${field}.`);
    const form = new FormData();
    for (const [input] of shown.matchAll(/<input[^>]*type="hidden"[^>]*>/g)) {
      const name = /name="([^"]*)"/.exec(input)?.[1];
      if (name) form.set(unescaped(name), unescaped(/value="([^"]*)"/.exec(input)?.[1] ?? ""));
    }
    for (const [name, value] of Object.entries(filled)) form.set(name, value);
    return send(path, form);
  };
  return { send, submit };
}

function unescaped(text: string): string {
  return text.replaceAll("&quot;", '"').replaceAll("&#x27;", "'").replaceAll("&amp;", "&");
}

test.skip(!hasNginx(), "Skipped: behind nginx. Install it: apt-get install nginx-light openssl");

test("behind nginx by the README's lines, forms and redirecting actions work", async () => {
  test.setTimeout(240_000);
  const own = await ownServer({
    variables: { APP_URL: `https://${HOST}`, TRUST_PROXY: "1" },
  });
  let nginx: Awaited<ReturnType<typeof startNginx>> | undefined;
  try {
    await connectDatabase(own.database);
    const shop = await openShop({ url: own.database });
    await own.app.start();
    nginx = await startNginx(own.baseURL.replace("localhost", "127.0.0.1"));
    const browser = browserAt(nginx.port);
    expect((await browser.send("/api/health")).status).toBe(200);

    // A form that stays, with a refusal.
    const { email, password } = shop.owner;
    const wrong = await browser.submit("/sign-in", 'name="password"', { email, password: "wrong" });
    expect(wrong.status).toBe(200);
    expect(wrong.text).toContain("Incorrect email or password.");

    // A form whose action leads elsewhere, on the public address, with cookies for it alone.
    const home = `/admin/${shop.slug}`;
    const entered = await browser.submit(
      `/sign-in?next=${encodeURIComponent(home)}`,
      'name="password"',
      { email, password },
    );
    expect(entered.status).toBe(303);
    expect(new URL(entered.location!, `https://${HOST}`).href).toBe(`https://${HOST}${home}`);
    const session = entered.cookies.find((cookie) => cookie.startsWith("__Host-gw_member="));
    expect(session).toMatch(/; Secure/i);
    expect((await browser.send(home)).status).toBe(200);

    // Signed out again by a plain form's action.
    const left = await browser.submit("/account", "Sign out everywhere", {
      session: "all",
      password,
    });
    expect([left.status, left.location]).toEqual([303, expect.stringMatching(/\/sign-in$/)]);
    const shut = await browser.send(home);
    expect(shut.location ?? shut.text).toContain("/sign-in?next=");
  } finally {
    await nginx?.stop();
    await own.remove();
  }
});
