import { describe, expect, it } from "vitest";
import { contentSecurityPolicy, everyAnswersHeaders } from "./security-headers";

const base = { nonce: "abc", secure: true, development: false, google: false };

describe("security headers", () => {
  it("let only scripts with the nonce run, and nothing be framed", () => {
    const policy = contentSecurityPolicy(base);
    expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
    expect(policy).not.toContain("unsafe-eval");
    expect(policy.split("; ").find((line) => line.startsWith("script-src"))).not.toContain(
      "unsafe-inline",
    );
    for (const line of [
      "frame-ancestors 'none'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "upgrade-insecure-requests",
    ]) {
      expect(policy.split("; ")).toContain(line);
    }
  });

  it("ask for https only where there is https", () => {
    expect(contentSecurityPolicy({ ...base, secure: false })).not.toContain(
      "upgrade-insecure-requests",
    );
    const over = (APP_URL: string, HSTS_SCOPE: "subdomains" | "host" = "subdomains") =>
      everyAnswersHeaders({ APP_URL, HSTS_SCOPE })["strict-transport-security"];
    expect(over("http://localhost:3000")).toBeUndefined();
    expect(over("https://refer.example.com")).toBe("max-age=31536000; includeSubDomains");
    expect(over("https://example.com", "host")).toBe("max-age=31536000");
  });
});
