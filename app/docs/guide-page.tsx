import { OnThisPage } from "@/components/docs/on-this-page";
import { headingsOf, Prose } from "@/components/docs/prose";
import { type GuideSlug, guideText } from "./guide";

/** A part of the guide. */
export async function GuidePage({ slug }: { slug: GuideSlug }) {
  const text = await guideText(slug);
  return (
    <Prose text={text}>
      <OnThisPage headings={headingsOf(text)} />
    </Prose>
  );
}
