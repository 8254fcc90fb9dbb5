import { accentTokens } from "@/lib/core/values/color";

/**
 * One email as plain data, and its two shapes. Both are made from the same content, so text and
 * HTML say the same.
 *
 * Why not a component library: a page of the outbox renders as many emails as it lists, so it must
 * be cheap, and `lib` knows no React. Tables and inline styles are what email programs
 * understand.
 */
export type EmailContent = {
  subject: string;
  /** Shown beside the subject in an inbox. */
  preview: string;
  greeting: string | null;
  title: string;
  paragraphs: string[];
  /** A code to be typed or said, set large. */
  code: string | null;
  button: { label: string; url: string } | null;
  /** "If the button doesn’t work, open this link:" */
  linkFallback: string;
  /** Why the reader gets this, and whom to ask. */
  footer: string[];
  unsubscribe: { label: string; url: string } | null;
};

/** Who sends it: a shop, or Goodword itself to its users. */
export type EmailSender = { name: string; accentColor: string; lang: string };

export type RenderedEmail = { subject: string; text: string; html: string };

export function renderEmail(content: EmailContent, sender: EmailSender): RenderedEmail {
  // A line break in a subject would start a header of its own.
  const subject = content.subject.replace(/\s+/g, " ").trim();
  return { subject, text: asText(content, sender), html: asHtml({ ...content, subject }, sender) };
}

function asText(content: EmailContent, sender: EmailSender): string {
  const { greeting, title, paragraphs, code, button, footer, unsubscribe } = content;
  const blocks = [
    greeting,
    title,
    ...paragraphs,
    code,
    button && `${button.label}:\n${button.url}`,
    ["--", sender.name, ...footer, unsubscribe && `${unsubscribe.label}:\n${unsubscribe.url}`]
      .filter(Boolean)
      .join("\n"),
  ];
  return `${blocks.filter(Boolean).join("\n\n")}\n`;
}

/** Text → safe inside an element or a quoted attribute. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

/** Declarations for a style attribute; they may not contain double quotes. */
const style = (...declarations: string[]) => declarations.join(";");

const FONT = `font-family:${[
  "-apple-system",
  "'Segoe UI'",
  "Roboto",
  "'PingFang SC'",
  "'Microsoft YaHei'",
  "'Helvetica Neue'",
  "Arial",
  "sans-serif",
].join(",")}`;
const INK = "#211c15";
const MUTED = "#655c50";

const HEADING = style(
  "margin:0 0 16px",
  "font-size:22px",
  "line-height:30px",
  "font-weight:600",
  `color:${INK}`,
);
const PARAGRAPH = style("margin:0 0 16px", "font-size:16px", "line-height:24px", `color:${INK}`);
const SMALL = style("margin:0 0 8px", "font-size:13px", "line-height:20px", `color:${MUTED}`);
const CODE = style(
  "margin:0 0 16px",
  "padding:14px 18px",
  "border:1px dashed #8d8273",
  "border-radius:9px",
  "text-align:center",
  "font-family:ui-monospace,Menlo,Consolas,monospace",
  "font-size:20px",
  "letter-spacing:1px",
  `color:${INK}`,
);

function asHtml(content: EmailContent, sender: EmailSender): string {
  const { greeting, code, button, unsubscribe } = content;
  const colors = accentTokens(sender.accentColor).light;
  const body = [
    greeting && paragraph(greeting),
    `<h1 style="${HEADING}">${escapeHtml(content.title)}</h1>`,
    ...content.paragraphs.map(paragraph),
    code && `<p style="${CODE}">${escapeHtml(code)}</p>`,
    button && buttonWithLink(button, content.linkFallback, colors),
  ];
  const foot = [
    ...content.footer.map((line) => small(escapeHtml(line))),
    unsubscribe && small(link(unsubscribe, `color:${MUTED}`)),
  ];
  return page(content, sender, body.filter(Boolean).join("\n"), foot.filter(Boolean).join("\n"));
}

function paragraph(text: string): string {
  return `<p style="${PARAGRAPH}">${escapeHtml(text)}</p>`;
}

/** @param inner safe HTML */
function small(inner: string): string {
  return `<p style="${SMALL}">${inner}</p>`;
}

function link({ label, url }: { label: string; url: string }, css: string): string {
  return `<a href="${escapeHtml(url)}" style="${css}">${escapeHtml(label)}</a>`;
}

function buttonWithLink(
  button: { label: string; url: string },
  fallback: string,
  { accent, accentInk, accentText }: { accent: string; accentInk: string; accentText: string },
): string {
  const look = style(
    "display:inline-block",
    "padding:13px 24px",
    "border-radius:9px",
    `background:${accent}`,
    `color:${accentInk}`,
    "font-size:16px",
    "font-weight:600",
    "text-decoration:none",
  );
  const bare = link(
    { label: button.url, url: button.url },
    style(`color:${accentText}`, "word-break:break-all"),
  );
  return [
    `<p style="margin:8px 0 20px">${link(button, look)}</p>`,
    small(`${escapeHtml(fallback)}<br>${bare}`),
  ].join("\n");
}

function page(content: EmailContent, sender: EmailSender, body: string, foot: string): string {
  const name = style("padding:0 4px 16px", "font-size:15px", "font-weight:600", `color:${INK}`);
  const sheet = style(
    "padding:28px 24px 12px",
    "background:#ffffff",
    "border:1px solid #e7dfd3",
    "border-radius:14px",
  );
  const table = `role="presentation" width="100%" cellpadding="0" cellspacing="0"`;
  return `<!doctype html>
<html lang="${escapeHtml(sender.lang)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light">
<title>${escapeHtml(content.subject)}</title>
</head>
<body style="margin:0;padding:0;background:#faf7f2;${FONT}">
<div style="display:none;max-height:0;overflow:hidden">${escapeHtml(content.preview)}</div>
<table ${table} style="background:#faf7f2"><tr>
<td align="center" style="padding:24px 16px">
<table ${table} style="max-width:560px;${FONT}">
<tr><td style="${name}">${escapeHtml(sender.name)}</td></tr>
<tr><td style="${sheet}">
${body}
</td></tr>
<tr><td style="padding:16px 4px 0">
${foot}
</td></tr>
</table>
</td></tr></table>
</body>
</html>
`;
}
