import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import os from "node:os";
import path from "node:path";
import { freePort, waitUntil } from "../processes/processes";

/** Whether nginx, and what makes a certificate for it, are installed here. */
export function hasNginx(): boolean {
  return spawnSync("nginx", ["-v"]).status === 0 && spawnSync("openssl", ["version"]).status === 0;
}

/**
 * A real nginx that speaks TLS in front of a server, by the lines that the README shows and its
 * defaults for all else.
 * @param server the address of what stands behind it
 */
export async function startNginx(server: string): Promise<{ port: number; stop(): Promise<void> }> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "goodword-nginx-"));
  const port = await freePort();
  makeCertificate(folder);
  writeFileSync(path.join(folder, "nginx.conf"), configuration(folder, port, server));
  const nginx = spawn("nginx", ["-p", folder, "-c", "nginx.conf", "-e", "error.log"], {
    stdio: "ignore",
  });
  const stop = async () => {
    if (nginx.exitCode === null && nginx.kill("SIGTERM")) await once(nginx, "exit");
    rmSync(folder, { recursive: true, force: true });
  };
  const up = await waitUntil(async () => nginx.exitCode !== null || (await answersAt(port)), {
    withinMs: 30_000,
  });
  if (!up || nginx.exitCode !== null) {
    const said = readFileSync(path.join(folder, "error.log"), "utf8");
    await stop();
    throw new Error(`nginx does not answer: ${said}`);
  }
  return { port, stop };
}

/** The README's server, on our port and certificate, in front of this server. */
function configuration(folder: string, port: number, server: string): string {
  const shown = /```nginx\n([\s\S]*?)```/.exec(readFileSync("README.md", "utf8"))?.[1];
  if (!shown) throw new Error("The README shows no nginx.");
  const block = shown
    .replace(/listen 443 ssl;/, `listen 127.0.0.1:${port} ssl;\n${CERTIFICATE}`)
    .replace(/http:\/\/127\.0\.0\.1:3000/, server);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${path.join(folder, name)};`)
    .join("\n");
  return [
    "daemon off;",
    // It would hand its work to an account that may not enter our folder.
    ...(process.getuid?.() === 0 ? ["user root;"] : []),
    `pid ${path.join(folder, "nginx.pid")};`,
    "error_log error.log;",
    "events {}",
    `http {\naccess_log off;\n${temporary}\n${block}}`,
    "",
  ].join("\n");
}

const CERTIFICATE = "ssl_certificate certificate.pem;\nssl_certificate_key key.pem;";

function makeCertificate(folder: string): void {
  const args =
    "req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out certificate.pem -days 1 -subj /CN=test";
  const { status, stderr } = spawnSync("openssl", args.split(" "), {
    cwd: folder,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`openssl made no certificate: ${stderr}`);
}

function answersAt(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(true));
    socket.once("error", () => resolve(false));
    socket.once("connect", () => socket.destroy());
  });
}
