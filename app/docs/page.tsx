import { GuidePage } from "./guide-page";

/** The front page of the documentation: the first part of the guide. */
export default function DocsPage() {
  return <GuidePage slug="start" />;
}
