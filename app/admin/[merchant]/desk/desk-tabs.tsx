import { Tabs } from "@/components/ui/page/tabs";
import { adminPaths } from "@/lib/merchants/paths";
import type { Scope } from "@/lib/merchants/scope";
import { countOpenNominations } from "@/lib/nominations/queries/nominations";
import { countOpenQuestions } from "@/lib/desk/queries/questions";

/** The desk's three places, with what waits in each. */
export async function DeskTabs({
  scope,
  slug,
  current,
}: {
  scope: Scope;
  slug: string;
  current: "desk" | "reviews" | "nominations";
}) {
  const [reviews, nominations] = await Promise.all([
    countOpenQuestions(scope),
    countOpenNominations(scope),
  ]);
  const admin = adminPaths(slug);
  return (
    <Tabs
      label="Service desk"
      current={admin[current]}
      tabs={[
        { label: "Search", href: admin.desk, exact: true },
        { label: "Questions", href: admin.reviews, count: reviews },
        { label: "Who told you", href: admin.nominations, count: nominations },
      ]}
    />
  );
}
