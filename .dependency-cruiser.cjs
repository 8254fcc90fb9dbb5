const swc = require("@swc/core");

// TypeScript 7 has no programming interface, so swc reads the sources; dependency-cruiser forgets
// to tell it about JSX.
const { parseFileSync } = swc;
swc.parseFileSync = (file, options) => {
  const parsed = parseFileSync(file, { ...options, tsx: file.endsWith(".tsx") });
  // A component may name the type of its props wherever that is declared; a type alone fetches
  // nothing.
  if (/[\\/]components[\\/]/.test(file)) {
    parsed.body = parsed.body.filter((node) => node.type !== "ImportDeclaration" || !node.typeOnly);
  }
  return parsed;
};

/**
 * The folders of lib from the ground up. A folder imports only from those before it; `app` imports
 * any but the last.
 */
const layers = [
  "core",
  "merchants",
  "messaging",
  "ledger",
  "terms",
  "programs",
  "customers",
  "events",
  "attribution",
  "referrals",
  "fraud",
  "rewards",
  "loyalty",
  "pipeline",
  "nominations",
  "desk",
  "worker",
  "reports",
  "auth",
  "operations",
];

const tests = "\\.test\\.tsx?$";
const anyOf = (names) => `(${names.join("|")})`;

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    ...layers.slice(0, -1).map((layer, index) => ({
      name: `lib-${layer}-looks-down-only`,
      comment: `lib/${layer} imports only from: ${layers.slice(0, index).join(", ") || "nothing"}.`,
      severity: "error",
      from: { path: `^lib/${layer}/`, pathNot: tests },
      to: { path: `^lib/${anyOf(layers.slice(index + 1))}/` },
    })),
    {
      name: "lib-folders-are-those-of-the-list",
      comment: "A new folder of lib needs its place in the list at the top of this file.",
      severity: "error",
      from: {},
      to: { path: "^lib/", pathNot: `^lib/${anyOf(layers)}/` },
    },
    {
      name: "lib-knows-no-page",
      comment: "lib works without Next and React (only auth reads cookies) and imports no page.",
      severity: "error",
      from: { path: "^lib/", pathNot: `${tests}|^lib/auth/` },
      to: {
        path: [
          "^(app|components|e2e)/",
          "^server\\.ts$",
          "node_modules/(next|react|react-dom|next-auth|next-intl)/",
        ],
      },
    },
    {
      name: "lib-auth-knows-no-page",
      severity: "error",
      from: { path: "^lib/auth/", pathNot: tests },
      to: { path: "^(app|components|e2e)/|^server\\.ts$" },
    },
    {
      name: "components-fetch-nothing",
      comment:
        "A component gets its data as props: it may use words, rules and schemas of lib only.",
      severity: "error",
      from: { path: "^components/", pathNot: tests },
      to: {
        path: [
          "^app/",
          `^lib/${anyOf(["auth", "pipeline", "worker", "operations"])}/`,
          "^lib/core/(db|env|log|secret|sealing)\\.ts$",
          "^lib/[^/]+/(commands|queries|store|scope|keys)(/|\\.ts$)",
          "^prisma/",
        ],
        // Reads the fields of a form, and nothing else.
        pathNot: "^lib/auth/form-data\\.ts$",
      },
    },
    {
      name: "app-starts-no-server",
      comment: "lib/operations is for the scripts of package.json.",
      severity: "error",
      from: { path: "^(app|components)/" },
      to: { path: "^lib/operations/" },
    },
    {
      name: "no-circles",
      comment: "Two files that need each other are one thing or three: types count as well.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "nothing-missing",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "no-development-package-at-run-time",
      comment: "What production imports must be among the dependencies of package.json.",
      severity: "error",
      from: {
        path: "^(app|components|lib)/|^server\\.ts$",
        pathNot: [tests, "^lib/operations/(bench|figures|pages|testing)/", "/testing(/|\\.ts$)"],
      },
      to: { dependencyTypes: ["npm-dev", "npm-no-pkg"], dependencyTypesNot: ["type-only"] },
    },
  ],
  options: {
    parser: "swc",
    doNotFollow: { path: ["node_modules", "^prisma/generated/"] },
    exclude: { path: "\\.css$" },
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json", ".d.ts"],
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
