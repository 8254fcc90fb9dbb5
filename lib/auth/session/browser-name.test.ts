import { expect, it } from "vitest";
import { browserName } from "./browser-name";

it("says a browser and where it runs, in our own words", () => {
  const agents = {
    "Firefox on Linux": "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
    "Chrome on Windows":
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) " +
      "Chrome/142.0.0.0 Safari/537.36",
    "Edge on Windows":
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) " +
      "Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0",
    "Safari on iPhone":
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like " +
      "Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
    "Safari on Mac":
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) " +
      "Version/18.6 Safari/605.1.15",
  };
  for (const [name, agent] of Object.entries(agents)) expect(browserName(agent)).toBe(name);
  expect(browserName("curl/8.0\n2026-11-30 sign-in of the owner")).toBe("Unknown browser");
  expect(browserName(null)).toBe("Unknown browser");
});
