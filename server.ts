import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { everyAnswersHeaders } from "@/lib/auth/security-headers";
import { apiErrorBody } from "@/lib/core/api-error";
import { closeConnections } from "@/lib/core/db";
import { type ErrorCode, statusOf } from "@/lib/core/errors";
import {
  type Environment,
  environment,
  exportToNextAuth,
  loadEnvironmentFile,
} from "@/lib/core/env";
import { log } from "@/lib/core/log";
import { click } from "@/lib/events/hot-path/click";
import { ingest } from "@/lib/events/hot-path/ingest";
import type { HotHandler } from "@/lib/events/hot-path/http";
import { answerHot } from "@/lib/events/hot-path/node-http";
import { compressAnswer } from "@/lib/operations/answers/compression";
import { leaveScriptsOut } from "@/lib/operations/answers/plain-pages";
import {
  clientAddress,
  stripUntrustedForwarding,
  useOwnAddress,
} from "@/lib/operations/client-address";
import { isApiAddress, keepErrorsJson } from "@/lib/operations/json-errors";
import { tellFaults } from "@/lib/operations/faults";
import { requireDatabase } from "@/lib/operations/database/require-database";
import { shutDownOnSignal, exitWithError } from "@/lib/operations/processes/lifetime";
import { METHODS, readTarget } from "@/lib/operations/request-target";
import { refuseUnreadable } from "@/lib/operations/unreadable-request";
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
  await requireDatabase();

  const server = createServer({
    keepAliveTimeout: 65_000,
    headersTimeout: 15_000,
    requestTimeout: 60_000,
  });
  const pages = env.GOODWORD_ROLE === "edge" ? null : startNext(env, dev, server);
  // Awaited below: until then a failure is nobody's.
  pages?.catch(() => {});
  server.on("request", answering(env, pages ? onceReady(pages) : nothingHere));
  server.on("clientError", (error, socket) =>
    refuseUnreadable(error, socket, everyAnswersHeaders(env)),
  );

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port: env.PORT, host: env.HOST }, resolve);
  });
  const { close: closePages } = (await pages) ?? {};
  const worker = env.GOODWORD_ROLE === "all" ? await startWorker() : null;
  shutDownOnSignal(async () => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    // Who keeps a connection open without asking anything more must not keep us.
    setTimeout(() => server.closeAllConnections(), 10_000).unref();
    await closed;
    await worker?.stop();
    await closePages?.();
    await closeConnections();
  });
  console.log(`Goodword (${env.GOODWORD_ROLE}) listens on ${env.APP_URL}`);
  process.send?.({ ready: true });
}

/** What stands about the process itself: answered here, so that Next need not live for it. */
const ABOUT: Record<string, () => Promise<[status: number, body: unknown]>> = {
  "/api/health": async () => [200, { status: "ok" }],
  "/api/ready": async () => {
    const answer = await readiness();
    return [answer.status === "ready" ? 200 : 503, answer];
  },
};

/**
 * Answers every request: what is refused in front of everything, the hot paths, and the rest.
 * @param other answers what is none of these
 */
function answering(env: Environment, other: Handler): Handler {
  const { TRUST_PROXY, APP_URL, NODE_ENV } = env;
  const headers = new Map(Object.entries(everyAnswersHeaders(env)));
  return (request, response) => {
    response.setHeaders(headers);
    const address = clientAddress(request, TRUST_PROXY);
    stripUntrustedForwarding(request, address, TRUST_PROXY);
    useOwnAddress(request, APP_URL);
    const target = readTarget(request);
    request.url = target.url;
    if ("refusal" in target) return sendRefusal(response, target.refusal);
    const hot = hotHandler(request);
    const about = ABOUT[request.url];
    // In development, pages change under their readers, by scripts and by files of one name.
    if (!hot && !about && NODE_ENV === "production") {
      if (compressAnswer(request, response)) return;
      leaveScriptsOut(request, response);
    }
    if (isApiAddress(request.url)) keepErrorsJson(response);
    else tellFaults(request, response);
    const answered = hot
      ? answerHot(request, response, address, hot)
      : about
        ? about().then(([status, body]) => sendJson(response, status, body))
        : other(request, response);
    Promise.resolve(answered).catch((error: unknown) => {
      log.error({ err: error }, "a request failed");
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  };
}

function hotHandler({ method, url = "" }: IncomingMessage): HotHandler | null {
  if (url.startsWith("/r/")) return method === "GET" || method === "HEAD" ? click : null;
  if (url === "/api/v1/events" || url.startsWith("/api/v1/events?")) {
    return method === "POST" || method === "OPTIONS" ? ingest : null;
  }
  return null;
}

type Pages = { handle: Handler; close: () => Promise<void> };

/**
 * Lets requests for pages wait for Next, which takes some seconds to start: meanwhile clicks and
 * events are answered, so that whoever sends them hardly sees that a process was killed.
 */
function onceReady(pages: Promise<Pages>): Handler {
  return async (request, response) => (await pages).handle(request, response);
}

async function startNext(
  env: Environment,
  dev: boolean,
  server: ReturnType<typeof createServer>,
): Promise<Pages> {
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

function sendRefusal(
  response: ServerResponse,
  { code, message }: { code: ErrorCode; message: string },
): void {
  // What its body may hold would be read as the next request.
  response.setHeader("connection", "close");
  if (code === "method_not_allowed") response.setHeader("allow", METHODS.join(", "));
  sendJson(response, statusOf(code), apiErrorBody(code, message));
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "cache-control": "no-store",
  });
  response.end(JSON.stringify(body));
}

main().catch(exitWithError);
