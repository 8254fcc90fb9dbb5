import { FlaskConical } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "@/components/ui/controls/link";

type TestModeBannerProps = {
  shopHref: string;
  /** The time of test mode, and the way to move it. */
  clock: ReactNode;
};

/** Above every page of a sandbox: says that it is test mode, when, and leads out of it. */
export function TestModeBanner({ shopHref, clock }: TestModeBannerProps) {
  return (
    <div
      role="note"
      className={
        "flex flex-wrap items-center justify-center gap-x-2 border-b border-line bg-warn-soft " +
        "px-4 py-2 text-center text-sm text-warn"
      }
    >
      <FlaskConical aria-hidden="true" className="size-4" />
      <span className="font-medium">Test mode.</span>
      <span>Data here is kept apart and never counted.</span>
      <span>It is {clock} there.</span>
      <Link href={shopHref} className="font-medium underline underline-offset-3">
        Leave test mode
      </Link>
    </div>
  );
}
