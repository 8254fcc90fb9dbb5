import { Link } from "@/components/ui/controls/link";
import type { ReactNode } from "react";
import { Wordmark } from "@/components/brand/wordmark";
import { NarrowShell } from "@/components/ui/shell/narrow-shell";

/** The frame of everything before the dashboard. */
export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <NarrowShell
      brand={
        <Link href="/" className="rounded-control">
          <Wordmark />
        </Link>
      }
    >
      {children}
    </NarrowShell>
  );
}
