import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { DATABASE_ROLES, roleNames } from "@/lib/core/database/address";
import { readEnvironment } from "@/lib/core/env";

type Service = {
  image: string;
  build?: string;
  command?: string[];
  environment: Record<string, string>;
  ports?: string[];
  volumes?: string[];
  configs?: { source: string; target: string }[];
  depends_on?: Record<string, { condition: string }>;
};
type Compose = {
  services: Record<"postgres" | "migrate" | "web" | "worker", Service>;
  configs: Record<string, { content: string }>;
  volumes: Record<string, null>;
};

const text = (file: string) => readFileSync(file, "utf8");
const { services, configs, volumes } = parse(text("compose.yaml"), { merge: true }) as Compose;
const { scripts } = JSON.parse(text("package.json")) as { scripts: Record<string, string> };
const image = text("Dockerfile");
const ours = [services.migrate, services.web, services.worker];

/** What somebody sets in the shell: all that has no default. */
const GIVEN: Record<string, string> = {
  AUTH_SECRET: "only-for-tests-".repeat(3),
  POSTGRES_PASSWORD: "owner1",
  APP_PASSWORD: "app1",
  GATE_PASSWORD: "gate1",
};

/** A service's variables as its container gets them. */
function variablesOf({ environment }: Service): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      value.replaceAll(/\$\{(\w+)(:-|:\?)?([^}]*)\}/g, (_, wanted: string, kind, rest: string) => {
        const given = GIVEN[wanted];
        if (given === undefined && kind !== ":-") throw new Error(`${wanted} is given by nobody.`);
        return given ?? rest;
      }),
    ]),
  );
}

describe("compose.yaml", () => {
  it("runs the commands that package.json has, by the image that the Dockerfile makes", () => {
    expect(services.migrate.command?.join(" ")).toBe(scripts["db:migrate"]);
    for (const service of ours) expect(service.build).toBe(".");
    // Web and worker run what the image runs, and are told which they are.
    expect([services.web.command, services.worker.command]).toEqual([undefined, undefined]);
    expect(image).toContain("RUN npm run build");
    const run = JSON.parse(/^CMD (\[.*\])$/m.exec(image)![1]!) as string[];
    expect(run.join(" ")).toBe(scripts.start);
    expect(services.web.ports).toEqual([`\${PORT:-3000}:${/EXPOSE (\d+)/.exec(image)![1]}`]);
    expect(image).toMatch(/ENV .*PORT=3000 HOST=0\.0\.0\.0/);
  });

  it("gives each process an environment that it takes, and the owner to nobody else", () => {
    for (const [name, service] of Object.entries({ web: services.web, worker: services.worker })) {
      const variables = variablesOf(service);
      expect(readEnvironment(variables)).toMatchObject({ GOODWORD_ROLE: name, TRUST_PROXY: 0 });
      expect(variables).not.toHaveProperty("DATABASE_URL");
    }
    const { DATABASE_URL: owner } = readEnvironment(variablesOf(services.migrate));
    expect(owner).toBe("postgresql://goodword:owner1@postgres:5432/goodword");
    const example = text(".env.example");
    for (const service of ours)
      for (const name of Object.keys(service.environment))
        expect(example, name).toMatch(new RegExp(`^#? ?${name}=`, "m"));
  });

  it("names the roles, the database and the server that are there", () => {
    const variables = variablesOf(services.web);
    expect(Object.values(roleNames(variables)).sort()).toEqual([...DATABASE_ROLES].sort());
    const named = ["DATABASE_APP_URL", "DATABASE_GATE_URL"].map((name) => variables[name]!);
    const { content } = configs.make_owner!;
    for (const url of [...named, variablesOf(services.migrate).DATABASE_URL!]) {
      const { hostname, pathname } = new URL(url);
      expect(services).toHaveProperty(hostname);
      expect(content).toContain(`CREATE DATABASE ${pathname.slice(1)} OWNER goodword`);
    }
    expect(content).toContain("CREATE ROLE goodword LOGIN CREATEROLE");
  });

  it("refers to nothing that it has not", () => {
    for (const service of Object.values(services)) {
      for (const name of Object.keys(service.depends_on ?? {}))
        expect(services).toHaveProperty(name);
      for (const { source } of service.configs ?? []) expect(configs).toHaveProperty(source);
      for (const place of service.volumes ?? [])
        expect(volumes).toHaveProperty(place.split(":")[0]!);
    }
    for (const serving of [services.web, services.worker])
      expect(serving.depends_on).toEqual({
        migrate: { condition: "service_completed_successfully" },
      });
  });
});
