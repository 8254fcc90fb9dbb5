import { randomCharacters } from "@/lib/core/id";
import { closeConnections } from "@/lib/core/db";
import { createApiKey } from "@/lib/merchants/commands/keys";
import { signUpMerchant } from "@/lib/merchants/commands/sign-up";
import { merchantBySlug } from "@/lib/merchants/queries/directory";
import { mintScope, type Scope } from "@/lib/merchants/scope";
import { AUTH_SECRET, databaseUrl } from "./server/surroundings";

/**
 * A merchant of its own for one test, made by the product's commands in the database of the server
 * under test.
 */
export type Shop = {
  slug: string;
  sandboxSlug: string;
  merchantId: string;
  sandboxId: string;
  name: string;
  owner: { userId: string; email: string; password: string; name: string };
  /** Acts as the owner, for real and in test mode. */
  scope: Scope;
  sandbox: Scope;
  secretKey: string;
  testKey: string;
};

/**
 * Opens a shop with its owner and keys.
 * @param url the database; by default that of the server under test
 */
export async function openShop({
  shopName = "Bean and Leaf",
  currency = "USD",
  timeZone = "UTC",
  url = databaseUrl(),
} = {}): Promise<Shop> {
  await connectDatabase(url);
  const tag = randomCharacters(8);
  const owner = {
    email: `owner-${tag}@example.com`,
    password: `four words for ${randomCharacters(8)}`,
    name: "Vera Linde",
  };
  const name = `${shopName} ${tag}`;
  const made = await signUpMerchant({ ...owner, shopName: name, currency, timeZone });
  const actor = { kind: "member", id: made.userId, label: owner.name, role: "owner" } as const;
  const scope = mintScope((await merchantBySlug(made.slug))!, actor);
  const sandbox = mintScope((await merchantBySlug(made.sandboxSlug))!, actor);
  const { key: secretKey } = await createApiKey(scope, { kind: "secret", label: "Tests" });
  const { key: testKey } = await createApiKey(sandbox, { kind: "secret", label: "Tests" });
  return {
    slug: made.slug,
    sandboxSlug: made.sandboxSlug,
    merchantId: made.merchantId,
    sandboxId: made.sandboxId,
    name,
    owner: { ...owner, userId: made.userId },
    scope,
    sandbox,
    secretKey,
    testKey,
  };
}

/**
 * Lets the product's commands in this process work on a database. Tests of one process run one
 * after the other.
 */
export async function connectDatabase(url = databaseUrl()): Promise<void> {
  process.env.AUTH_SECRET = AUTH_SECRET;
  if (process.env.DATABASE_URL === url) return;
  await closeConnections();
  process.env.DATABASE_URL = url;
}
