import { NameForm } from "@/components/refer/name-form";
import { Card, CardHeader } from "@/components/ui/content/card";
import type { HomeContext } from "../_home/context";
import { saveName } from "./actions";

/** Asks whoever joined by email for the name that their friends will read. */
export function NameSection({ t, found: { program } }: HomeContext) {
  return (
    <Card>
      <CardHeader title={t("name.title")} description={t("name.why")} />
      <div className="mt-4">
        <NameForm {...nameForm({ t, slug: program.slug, name: "" })} />
      </div>
    </Card>
  );
}

/** The form in which a customer says or changes their name. */
export function nameForm({ t, slug, name }: { t: HomeContext["t"]; slug: string; name: string }) {
  return {
    action: saveName.bind(null, slug),
    name,
    words: {
      label: t("name.label"),
      hint: t("name.hint"),
      save: t("name.save"),
      saved: t("name.saved"),
    },
  };
}
