import { Alert } from "@/components/ui/content/alert";
import type { PoolRow } from "@/lib/rewards/coupons/queries/pools";

/** Warns when rewards wait for a code, or few are left. */
export function PoolWarning({ pool, isUsed }: { pool: PoolRow; isUsed: boolean }) {
  if (pool.waiting > 0) {
    return (
      <Alert
        tone="bad"
        title={
          pool.waiting === 1
            ? "1 reward is waiting for a code"
            : `${pool.waiting} rewards are waiting for a code`
        }
      >
        Add codes to issue them at once, to those who have waited longest first.
      </Alert>
    );
  }
  if (!isUsed || !pool.isLow) return null;
  return (
    <Alert
      tone="warn"
      title={
        pool.left === 0
          ? "No codes left"
          : `Only ${pool.left} ${pool.left === 1 ? "code is" : "codes are"} left`
      }
    >
      When none are left, new rewards wait until you add more.
    </Alert>
  );
}
