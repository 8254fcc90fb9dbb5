import { Tabs } from "@/components/ui/page/tabs";
import type { Scope } from "@/lib/merchants/scope";
import { countOpenNominations } from "@/lib/pipeline/nominations/queries";
import { countOpenReviews } from "@/lib/rewards/reviews/queries";

/** The desk's three places, with what waits in each. */
export async function DeskTabs({
  scope,
  slug,
  current,
}: {
  scope: Scope;
  slug: string;
  current: "" | "/reviews" | "/nominations";
}) {
  const [reviews, nominations] = await Promise.all([
    countOpenReviews(scope),
    countOpenNominations(scope),
  ]);
  const base = `/admin/${slug}/desk`;
  return (
    <Tabs
      label="Service desk"
      current={`${base}${current}`}
      tabs={[
        { label: "Search", href: base, exact: true },
        { label: "Questions", href: `${base}/reviews`, count: reviews },
        { label: "Who told you", href: `${base}/nominations`, count: nominations },
      ]}
    />
  );
}
