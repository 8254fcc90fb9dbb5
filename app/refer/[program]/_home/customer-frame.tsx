import type { ReactNode } from "react";
import { reader } from "@/app/reader";
import { ShopFrame } from "@/app/shop-frame";
import { PartsNav } from "@/components/refer/parts-nav";
import { Button } from "@/components/ui/controls/button";
import type { CustomerEntry } from "@/lib/auth/customer";
import { customerById } from "@/lib/customers/queries/customers";
import type { ReferProgram } from "../load";
import { signOut } from "./actions";
import { partsOf } from "./parts";

type CustomerFrameProps = { found: ReferProgram; entry: CustomerEntry; children: ReactNode };

/** Around each part of the customer's page: the way to the others, and who is signed in. */
export async function CustomerFrame({ found, entry, children }: CustomerFrameProps) {
  const { t } = await reader();
  const { shop, program } = found;
  const [parts, { email }] = await Promise.all([
    partsOf(t, found, entry),
    customerById(entry.scope, entry.customerId),
  ]);
  return (
    <ShopFrame
      shop={shop}
      width="page"
      footer={
        <>
          <span className="min-w-0 [overflow-wrap:anywhere]">
            {email ? t("refer.signedInAs", { email }) : shop.name}
          </span>
          <form action={signOut.bind(null, program.slug)}>
            <Button type="submit" variant="quiet" size="sm">
              {t("refer.signOut")}
            </Button>
          </form>
        </>
      }
    >
      <PartsNav label={t("parts.label")} parts={parts} />
      <div className="flex flex-col gap-6">{children}</div>
    </ShopFrame>
  );
}
