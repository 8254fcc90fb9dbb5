import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ErrorList } from "@/components/docs/error-list";
import { ERRORS } from "../../api/v1/errors";
import { GUIDE } from "../guide";
import { GuidePage } from "../guide-page";

type Props = { params: Promise<{ part: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await partOf({ params })).title };
}

/** A part of the guide; the one about errors lists every code as well. */
export default async function GuidePartPage({ params }: Props) {
  const { slug } = await partOf({ params });
  return (
    <div className="flex flex-col gap-8">
      <GuidePage slug={slug} />
      {slug === "errors" ? <ErrorList errors={ERRORS} /> : null}
    </div>
  );
}

async function partOf({ params }: Props) {
  const { part } = await params;
  return GUIDE.find(({ slug }) => slug === part && slug !== "start") ?? notFound();
}
