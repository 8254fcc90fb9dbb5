import type { TestProject } from "vitest/node";
import { prepareDatabase } from "../database/prepare";
import { runOnServer, startTemporaryPostgres } from "../postgres/temporary-postgres";

declare module "vitest" {
  interface ProvidedContext {
    /** The owner's connection to the test server. */
    testServerUrl: string;
    /** A database with all migrations, to copy. */
    testTemplate: string;
  }
}

/**
 * Before all `*.db.test.ts`: a server (DATABASE_URL_TEST, or one in a temporary folder) with a
 * migrated template.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = process.env.DATABASE_URL_TEST
    ? { url: process.env.DATABASE_URL_TEST, stop: async () => {} }
    : await startTemporaryPostgres();
  const template = `goodword_template_${process.pid}`;
  await runOnServer(server.url, `create database ${template}`);
  const templateUrl = new URL(server.url);
  templateUrl.pathname = `/${template}`;
  await prepareDatabase(templateUrl.href);
  project.provide("testServerUrl", server.url);
  project.provide("testTemplate", template);
  return async () => {
    await runOnServer(server.url, `drop database if exists ${template} with (force)`);
    await server.stop();
  };
}
