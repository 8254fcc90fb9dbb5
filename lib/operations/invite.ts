import { inviteShop } from "@/lib/auth/sign-in/shop-invitation";
import { closeConnections } from "@/lib/core/db";
import { environment, loadEnvironmentFile } from "@/lib/core/env";
import { readEmail } from "@/lib/core/values/email";
import { exitWithError } from "./processes/lifetime";

/** `npm run invite -- ann@example.com`: lets somebody open a shop, where SIGN_UP is `invited`. */
async function main([text = ""]: string[]): Promise<void> {
  loadEnvironmentFile();
  const email = readEmail(text);
  if (!email) throw new Error("Whom? npm run invite -- ann@example.com");
  if (environment().SIGN_UP !== "invited")
    throw new Error("Invitations count only where SIGN_UP is `invited`. See .env.example.");
  const url = await inviteShop(email).finally(closeConnections);
  console.log(`${email} may open a shop with this link, once and within 7 days:\n${url}`);
}

main(process.argv.slice(2)).catch(exitWithError);
