import { Megaphone, Plus } from "lucide-react";
import type { Metadata } from "next";
import { ProgramState } from "@/components/program/program-state";
import { ButtonLink } from "@/components/ui/controls/button";
import { Card } from "@/components/ui/content/card";
import { Money } from "@/components/ui/content/display";
import { Empty } from "@/components/ui/content/empty";
import { numberText } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page/page-header";
import { Table } from "@/components/ui/content/table";
import { requireMember } from "@/lib/auth/member";
import { translator } from "@/lib/core/i18n/translator";
import type { Asset } from "@/lib/core/money";
import { adminPaths } from "@/lib/merchants/paths";
import { scopeAllows, scopeNow } from "@/lib/merchants/scope";
import { listPrograms, type ProgramListing } from "@/lib/programs/queries";
import { sideWords } from "@/lib/terms/words/promises";

export const metadata: Metadata = { title: "Programs" };

export default async function ProgramsPage({ params }: { params: Promise<{ merchant: string }> }) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "program.read");
  const programs = await listPrograms(scope);
  const admin = adminPaths(slug);
  const add = scopeAllows(scope, "program.edit") ? (
    <ButtonLink variant="primary" href={admin.newProgram} icon={<Plus aria-hidden="true" />}>
      New program
    </ButtonLink>
  ) : null;
  return (
    <>
      <PageHeader
        title="Programs"
        description="What advocates and friends earn, and for what."
        actions={programs.length > 0 ? add : null}
      />
      {programs.length === 0 ? (
        <Empty title="Your first program" icon={<Megaphone aria-hidden="true" />} action={add}>
          {add
            ? "Choose what customers and friends get. It takes about ten minutes."
            : "An owner or admin of the shop can create one."}
        </Empty>
      ) : (
        <Card flush>
          <ProgramTable
            programs={programs}
            now={scopeNow(scope)}
            asset={scope.asset}
            programHref={admin.program}
          />
        </Card>
      )}
    </>
  );
}

type ProgramTableProps = {
  programs: ProgramListing[];
  now: Date;
  asset: Asset;
  programHref: (id: string) => string;
};

function ProgramTable({ programs, now, asset, programHref }: ProgramTableProps) {
  const t = translator("en");
  return (
    <Table
      caption="Programs"
      rows={programs}
      rowKey={(program) => program.id}
      rowHref={({ id }) => programHref(id)}
      columns={[
        { key: "name", header: "Program", primary: true, cell: (program) => program.name },
        {
          key: "gets",
          header: "Friend and advocate get",
          secondary: true,
          cell: ({ terms }) => (
            <span className="text-ink-muted">
              {[sideWords(t, terms, "friend", "en"), sideWords(t, terms, "advocate", "en")]
                .map((words) => words ?? "nothing")
                .join(" · ")}
            </span>
          ),
        },
        {
          key: "state",
          header: "State",
          cell: (program) => <ProgramState state={program.state} terms={program.terms} now={now} />,
        },
        {
          key: "advocates",
          header: "Advocates",
          numeric: true,
          cell: (program) => numberText(program.advocates),
        },
        {
          key: "referrals",
          header: "Referrals",
          numeric: true,
          cell: (program) => numberText(program.referrals),
        },
        {
          key: "rewards",
          header: "Rewards",
          numeric: true,
          cell: (program) => numberText(program.rewards),
        },
        {
          key: "cost",
          header: "Cost",
          numeric: true,
          cell: (program) => <Money value={{ minor: program.costMinor, asset }} />,
        },
      ]}
    />
  );
}
