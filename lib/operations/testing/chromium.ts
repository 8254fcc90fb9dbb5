import { execFileSync, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const places = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/**
 * The browser's program: CHROMIUM_PATH, one that the system has, or the one that Playwright
 * downloaded; or null.
 */
export async function findChromium(): Promise<string | null> {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) return existsSync(chosen) ? chosen : null;
  const { chromium } = await import("@playwright/test");
  return [...places, chromium.executablePath()].find((place) => existsSync(place)) ?? null;
}

/**
 * As `findChromium`; where there is none and we are root on a system with apt, it is installed.
 * @throws Error in one line that says how to get one
 */
export async function ensureChromium(): Promise<string> {
  const found = await findChromium();
  if (found) return found;
  const mayInstall = process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0;
  if (mayInstall && !process.env.CHROMIUM_PATH) {
    console.log("Installing Chromium (apt-get) …");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    execFileSync("apt-get", ["update", "-qq"], { stdio: "inherit", env });
    execFileSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], {
      stdio: "inherit",
      env,
    });
    const installed = await findChromium();
    if (installed) return installed;
  }
  throw new Error(
    process.env.CHROMIUM_PATH
      ? `CHROMIUM_PATH names ${process.env.CHROMIUM_PATH}, which is not there.`
      : "Browser tests need Chromium: install it, or set CHROMIUM_PATH to one",
  );
}
