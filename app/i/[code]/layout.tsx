import type { ReactNode } from "react";
import { scriptNonce } from "@/lib/auth/request";

/**
 * Around whatever the friend's page says. `server.ts` sends it without Next's scripts, so what it
 * does are links and forms; `data-plain` marks the one small script that stays.
 */
export default async function InviteLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <script async src="/invite.js" nonce={await scriptNonce()} data-plain="" />
      {children}
    </>
  );
}
