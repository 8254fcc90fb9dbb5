import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { apiErrorBody } from "@/lib/core/api-error";
import { closeConnections } from "@/lib/core/db";
import {
  type Environment,
  environment,
  exportToNextAuth,
  loadEnvironmentFile,
} from "@/lib/core/env";
import { click } from "@/lib/events/hot-path/click";
import { ingest } from "@/lib/events/hot-path/ingest";
import type { HotHandler } from "@/lib/events/hot-path/http";
import { answerHot } from "@/lib/events/hot-path/node-http";
import { clientAddress, stripUntrustedForwarding } from "@/lib/operations/client-address";
import { isApiAddress, keepErrorsJson } from "@/lib/operations/json-errors";
import { refuseOtherDecimals } from "@/lib/operations/database/rescale";
import { shutDownOnSignal, exitWithError } from "@/lib/operations/processes/lifetime";
import { refusalOfAddress } from "@/lib/operations/unreadable-address";
import { runWorkerAlone } from "@/lib/operations/worker";
import { readiness } from "@/lib/worker/readiness";
import { startWorker } from "@/lib/worker/run";

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void> | void;

/**
 * The process: node:http, which answers the hot paths itself and hands everything else to Next.
 * `--dev` runs Next in development. GOODWORD_ROLE leaves parts out: `edge` has no Next, `web` no
 * worker, and `worker` nothing else.
 */
async function main(): Promise<void> {
  const dev = process.argv.includes("--dev");
  Object.assign(process.env, {
    NODE_ENV: dev ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
  });
  loadEnvironmentFile();
  const env = environment();
  if (env.GOODWORD_ROLE === "worker") return runWorkerAlone();
  exportToNextAuth(env);
  await refuseOtherDecimals();

  const server = createServer({
    keepAliveTimeout: 65_000,
    headersTimeout: 15_000,
    requestTimeout: 60_000,
  });
  const pages = env.GOODWORD_ROLE === "edge" ? null : await startNext(env, dev, server);
  const worker = env.GOODWORD_ROLE === "all" ? await startWorker() : null;
  const other = pages?.handle ?? nothingHere;
  const own: Record<string, () => Promise<[status: number, body: unknown]>> = {
    "/api/health": async () => [200, { status: "ok" }],
    "/api/ready": async () => {
      const answer = await readiness();
      return [answer.status === "ready" ? 200 : 503, answer];
    },
  };

  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const address = clientAddress(request, env.TRUST_PROXY);
    stripUntrustedForwarding(request, address, env.TRUST_PROXY);
    if (isApiAddress(request.url)) keepErrorsJson(response);
    const refusal = refusalOfAddress(request.url);
    if (refusal === "bad request") {
      const words = "This address has a percent escape that is no text.";
      return sendJson(response, 400, apiErrorBody("invalid_request", words));
    }
    // Next draws its page for what is not there.
    if (refusal === "not found") request.url = "/not-found";
    const hot = hotHandler(request);
    const about = own[request.url ?? ""];
    const answered = hot
      ? answerHot(request, response, address, hot)
      : about
        ? about().then(([status, body]) => sendJson(response, status, body))
        : other(request, response);
    Promise.resolve(answered).catch((error: unknown) => {
      console.error(error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port: env.PORT, host: env.HOST }, resolve);
  });
  shutDownOnSignal(async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    // Who keeps a connection open without asking anything more must not keep us.
    setTimeout(() => server.closeAllConnections(), 10_000).unref();
    await closed;
    await worker?.stop();
    await pages?.close();
    await closeConnections();
  });
  console.log(`Goodword (${env.GOODWORD_ROLE}) listens on ${env.APP_URL}`);
  process.send?.({ ready: true });
}

function hotHandler({ method, url = "" }: IncomingMessage): HotHandler | null {
  if (url.startsWith("/r/")) return method === "GET" || method === "HEAD" ? click : null;
  if (url === "/api/v1/events" || url.startsWith("/api/v1/events?")) {
    return method === "POST" || method === "OPTIONS" ? ingest : null;
  }
  return null;
}

async function startNext(
  env: Environment,
  dev: boolean,
  server: ReturnType<typeof createServer>,
): Promise<{ handle: Handler; close: () => Promise<void> }> {
  // Loaded here, since an edge has no use for it.
  const { default: next } = await import("next");
  const app = next({
    dev,
    dir: import.meta.dirname,
    hostname: env.HOST ?? "localhost",
    port: env.PORT,
    httpServer: server,
  });
  await app.prepare();
  const handle = app.getRequestHandler();
  if (dev) server.on("upgrade", app.getUpgradeHandler());
  return { handle, close: () => app.close() };
}

/** What an edge alone says to everything but the hot paths. */
function nothingHere(_request: IncomingMessage, response: ServerResponse): void {
  sendJson(response, 404, apiErrorBody("not_found", "This process only takes clicks and events."));
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
  });
  response.end(JSON.stringify(body));
}

main().catch(exitWithError);
