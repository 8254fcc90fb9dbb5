import { afterEach, expect, it, vi } from "vitest";
import { visitorCookie, visitorOf } from "@/lib/events/rules/visitor";
import { cookieFlags, cookieName } from "./address";

afterEach(() => vi.unstubAllEnvs());

it("names cookies so that, over https, only this host can set them", () => {
  vi.stubEnv("APP_URL", "https://refer.example.com");
  expect(cookieName("gw_member")).toBe("__Host-gw_member");
  // What the prefix asks of a cookie: browsers drop it otherwise.
  expect(cookieFlags()).toMatchObject({ secure: true, path: "/", httpOnly: true, sameSite: "lax" });
  const id = "V".repeat(22);
  expect(visitorOf(`a=b; ${visitorCookie()}=${id}`)).toBe(id);
  expect(visitorOf(`gw_v=${id}`)).toBeNull();
});

it("names them plainly on http, where browsers refuse the prefix", () => {
  vi.stubEnv("APP_URL", "http://localhost:3000");
  expect(cookieName("gw_member")).toBe("gw_member");
  expect(cookieFlags().secure).toBe(false);
});
