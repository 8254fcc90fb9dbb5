import { Card, CardHeader } from "@/components/ui/content/card";
import { DefinitionList } from "@/components/ui/content/definition-list";
import { Code, DateTime } from "@/components/ui/content/display";
import { TextLink } from "@/components/ui/controls/button";
import { CopyField } from "@/components/ui/controls/copy-button";
import { numberText } from "@/components/ui/format";
import { publicUrl } from "@/lib/core/address";
import type { Advocacy } from "@/lib/customers/queries/customers";
import type { AdminPaths } from "@/lib/merchants/paths";

type AdvocacyCardProps = { advocacy: Advocacy; admin: AdminPaths; timeZone: string };

/** The customer as an advocate in one program. */
export function AdvocacyCard({ advocacy, admin, timeZone }: AdvocacyCardProps) {
  const { program, alias } = advocacy;
  const [code] = advocacy.codes;
  return (
    <Card>
      <CardHeader title={`Advocate in ${program.name}`} className="mb-4" />
      <div className="flex flex-col gap-4">
        {code ? (
          <CopyField name="Share link" value={publicUrl(`/r/${code}`)} label="Copy link" />
        ) : null}
        <DefinitionList
          items={[
            ...(code ? [{ term: "Code", value: <Code>{code}</Code> }] : []),
            {
              term: "Program",
              value: <TextLink href={admin.program(program.id)}>{program.name}</TextLink>,
            },
            { term: "Joined", value: <DateTime value={advocacy.joinedAt} timeZone={timeZone} /> },
            { term: "Qualified friends", value: numberText(advocacy.qualifiedCount) },
            { term: "On the leaderboard", value: alias ?? "Not shown" },
          ]}
        />
      </div>
    </Card>
  );
}
