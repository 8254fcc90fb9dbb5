import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { OnThisPage } from "@/components/docs/on-this-page";
import { Operation } from "@/components/docs/operation";
import { publicOrigin } from "@/lib/core/address";
import { openApiDocument } from "../../../api/v1/document";
import { groupLinks, operationsOf } from "../../api-groups";

type Props = { params: Promise<{ group: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await groupOf({ params })).title };
}

/** The endpoints of one kind, drawn from the API's description. */
export default async function ApiGroupPage({ params }: Props) {
  const { title } = await groupOf({ params });
  const operations = operationsOf(title, openApiDocument(), publicOrigin());
  return (
    <div className="flex flex-col gap-8">
      <header className="flex flex-col gap-4">
        <h1 className="text-3xl font-semibold tracking-tight">{title}</h1>
        <OnThisPage headings={operations.map(({ id, summary }) => ({ id, title: summary }))} />
      </header>
      {operations.map((operation) => (
        <Operation key={operation.id} operation={operation} />
      ))}
    </div>
  );
}

async function groupOf({ params }: Props) {
  const { group } = await params;
  return groupLinks().find(({ href }) => href === `/docs/api/${group}`) ?? notFound();
}
