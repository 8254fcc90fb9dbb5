import { CustomerFrame } from "../_home/customer-frame";
import { loadHome } from "../_home/load-home";
import { Numbers } from "../_home/numbers";
import { Missing } from "../missing";
import { FriendsSection } from "./friends-section";

type Props = {
  params: Promise<{ program: string }>;
  searchParams: Promise<{ all?: string | string[] }>;
};

/** The friends whom a customer invited, and how far each has come. */
export default async function FriendsPage({ params, searchParams }: Props) {
  const context = await loadHome((await params).program);
  if (!context) return <Missing />;
  const { t, found, entry } = context;
  return (
    <CustomerFrame found={found} entry={entry}>
      <h1 className="text-[1.75rem]/9 font-semibold tracking-tight">{t("friends.title")}</h1>
      <Numbers {...context} />
      <FriendsSection {...context} all={(await searchParams).all !== undefined} />
    </CustomerFrame>
  );
}
