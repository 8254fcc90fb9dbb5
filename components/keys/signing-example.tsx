import { CopyButton } from "@/components/ui/controls/copy-button";

/** A few lines that let a shop's server sign its customer in on the referral page. */
function exampleFor(origin: string): string {
  return `import { createHmac, randomUUID } from "node:crypto";
const key = process.env.GOODWORD_SECRET_KEY; // gw_live_… or gw_test_…
const b64 = (part) => Buffer.from(part).toString("base64url");
const signingKey = createHmac("sha256", key).update("goodword customer token").digest();
const now = Math.floor(Date.now() / 1000);
const header = b64(JSON.stringify({ alg: "HS256", kid: "key_" + key.split("_")[2] }));
const { id: sub, email, name } = user;
const jti = randomUUID();
const claims = b64(JSON.stringify({ sub, email, name, jti, iat: now, exp: now + 3600 }));
const content = header + "." + claims;
const signature = createHmac("sha256", signingKey).update(content).digest("base64url");
const token = content + "." + signature;
const address = "${origin}/refer/PROGRAM?token=" + token;`;
}

/** The example with a button that copies it. */
export function SigningExample({ origin }: { origin: string }) {
  const code = exampleFor(origin);
  return (
    <div className="flex flex-col gap-3">
      <pre
        className={
          "rounded-control bg-sunken p-4 font-mono text-[0.8125rem]/6 break-words " +
          "whitespace-pre-wrap"
        }
      >
        {code}
      </pre>
      <div>
        <CopyButton value={code} size="sm" label="Copy example" />
      </div>
    </div>
  );
}
