/** Marks of share channels, drawn simply in the text's colour. */
export function WhatsAppMark() {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d="M3.5 20.5 5 16.2a8.5 8.5 0 1 1 3 2.9z" />
      <path
        d="M9 8.5c0 3.6 2.9 6.5 6.5 6.5l.9-1.7-2-1.1-1.1.9a4.6 4.6 0 0 1-2.2-2.2l.9-1.1-1.1-2z"
        fill="currentColor"
        stroke="none"
      />
    </svg>
  );
}

export function XMark() {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      aria-hidden="true"
    >
      <path d="M4.5 4h4l11 16h-4z" strokeLinejoin="round" />
      <path d="M19 4l-6 6.8M11 13.2 5 20" />
    </svg>
  );
}

export function FacebookMark() {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d="M16.5 3.5H15a4 4 0 0 0-4 4V10H8v4h3v6.5h4V14h2.6l.6-4H15V8a.8.8 0 0 1 .8-.8h.7z" />
    </svg>
  );
}

export function TelegramMark() {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d="M21 4 3 11.2l5.4 1.9L18 7l-7.2 7.6 6.4 4.9z" />
      <path d="M8.4 13.1 9.6 19l3-3.2" />
    </svg>
  );
}
