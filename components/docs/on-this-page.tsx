type OnThisPageProps = { headings: { id: string; title: string }[] };

/** Links to the parts of a page; nothing where a page has one part only. */
export function OnThisPage({ headings }: OnThisPageProps) {
  if (headings.length < 2) return null;
  return (
    <nav aria-label="On this page" className="text-sm">
      <ul className="flex flex-wrap gap-x-5 gap-y-1">
        {headings.map(({ id, title }) => (
          <li key={id}>
            <a
              href={`#${id}`}
              className="inline-block py-1 text-accent-text underline underline-offset-2"
            >
              {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
