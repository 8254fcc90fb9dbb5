import { Lexer, Parser, type Token, type Tokens } from "marked";
import type { ReactNode } from "react";
import { CodeBlock } from "./code-block";

const CODE_LABELS: Record<string, string> = {
  sh: "Terminal",
  js: "JavaScript",
  html: "HTML",
  json: "JSON",
};

/**
 * A Markdown text of ours, set as a page, with `children` below its title. Its headings can be
 * linked to: `#send-your-first-event`.
 */
export function Prose({ text, children }: { text: string; children?: ReactNode }) {
  const [title, ...rest] = Lexer.lex(text);
  return (
    <div className="docs-prose flex max-w-3xl min-w-0 flex-col gap-4 text-[0.9375rem]/6">
      {title ? <Block token={title} /> : null}
      {children}
      {rest.map((token, index) => (
        <Block key={index} token={token} />
      ))}
    </div>
  );
}

/** The headings below the title: what a table of contents of the page lists. */
export function headingsOf(text: string): { id: string; title: string }[] {
  return Lexer.lex(text)
    .filter((token): token is Tokens.Heading => token.type === "heading" && token.depth === 2)
    .map(({ text: title }) => ({ id: idOf(title), title }));
}

function Block({ token }: { token: Token }) {
  if (token.type === "space") return null;
  if (token.type === "code") {
    const { lang = "", text } = token as Tokens.Code;
    return <CodeBlock label={CODE_LABELS[lang] ?? "Example"} code={text} copy />;
  }
  if (token.type === "heading") {
    const { depth, text } = token as Tokens.Heading;
    return depth === 1 ? (
      <h1 className="text-3xl font-semibold tracking-tight">{text}</h1>
    ) : (
      <h2 id={idOf(text)} className="mt-4 scroll-mt-6 text-lg font-semibold tracking-tight">
        {text}
      </h2>
    );
  }
  // The texts are part of this repository: nobody else can put HTML into them.
  return <div dangerouslySetInnerHTML={{ __html: Parser.parse([token]) }} />;
}

function idOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
