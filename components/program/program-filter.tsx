import { FilterSelect } from "@/components/ui/page/filter-bar";

type ProgramFilterProps = {
  programs: readonly { id: string; slug: string; name: string }[];
  /** Id or slug of the chosen one. */
  chosen: string | undefined;
};

/** Filters a list by program, where there is more than one. */
export function ProgramFilter({ programs, chosen }: ProgramFilterProps) {
  if (programs.length < 2) return null;
  return (
    <FilterSelect
      name="program"
      label="Program"
      defaultValue={programs.find(({ id, slug }) => chosen === id || chosen === slug)?.slug}
      options={programs.map(({ slug, name }) => ({ value: slug, label: name }))}
    />
  );
}
