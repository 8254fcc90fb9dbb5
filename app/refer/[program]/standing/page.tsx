import { permanentRedirect } from "next/navigation";

type Props = { params: Promise<{ program: string }> };

/** The address that "Tiers and badges" had before; links in emails still lead here. */
export default async function FormerTiersPage({ params }: Props) {
  const { program } = await params;
  permanentRedirect(`/refer/${encodeURIComponent(program)}/tiers`);
}
