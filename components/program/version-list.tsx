import type { WordedChange } from "@/lib/terms/words/changes";
import { DateTime } from "@/components/ui/content/display";
import { Disclosure } from "@/components/ui/content/disclosure";
import { Timeline } from "@/components/ui/content/timeline";
import { ChangeList } from "./change-list";

export type VersionEntry = {
  version: number;
  publishedAt: Date;
  publishedBy: string;
  /** Against the version before; null for the first. */
  changes: WordedChange[] | null;
};

/** Every published version, newest first: who, when, and what it changed. */
export function VersionList({
  versions,
  current,
  timeZone,
}: {
  versions: VersionEntry[];
  current: number | null;
  timeZone: string;
}) {
  return (
    <Timeline
      label="Versions"
      steps={versions.map(({ version, publishedAt, publishedBy, changes }) => ({
        key: String(version),
        title: version === current ? `Version ${version}, in effect` : `Version ${version}`,
        tone: version === current ? "good" : "neutral",
        at: <DateTime value={publishedAt} timeZone={timeZone} look="dateTime" />,
        reason: (
          <div className="flex flex-col gap-2">
            <span>Published by {publishedBy}</span>
            {changes === null ? (
              <span>First version.</span>
            ) : (
              <Disclosure summary={changes.length === 1 ? "1 change" : `${changes.length} changes`}>
                <div className="text-ink">
                  <ChangeList changes={changes} />
                </div>
              </Disclosure>
            )}
          </div>
        ),
      }))}
    />
  );
}
