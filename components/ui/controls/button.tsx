import { Link } from "@/components/ui/controls/link";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "@/components/ui/cx";
import { Spinner } from "@/components/ui/page/spinner";

export type ButtonVariant = "primary" | "secondary" | "quiet" | "danger";
export type ButtonSize = "sm" | "md" | "lg";

type Look = {
  variant?: ButtonVariant;
  size?: ButtonSize;
  /** As wide as its container. */
  block?: boolean;
  /** A lucide icon, sized by the button. */
  icon?: ReactNode;
};

const BASE =
  "relative inline-flex select-none items-center justify-center gap-2 rounded-control border " +
  "font-medium whitespace-nowrap transition-colors duration-100 [&_svg]:size-4 [&_svg]:shrink-0 " +
  "disabled:cursor-not-allowed disabled:border-line disabled:bg-sunken disabled:text-ink-muted";

const VARIANTS: Record<ButtonVariant, string> = {
  primary:
    "border-accent-mark bg-accent text-accent-ink hover:bg-accent-hover active:bg-accent-hover",
  secondary: "border-line-strong/60 bg-raised text-ink hover:bg-sunken active:bg-line",
  quiet:
    "border-transparent bg-transparent text-ink-muted hover:bg-sunken hover:text-ink " +
    "active:bg-line",
  danger: "border-bad-fill bg-bad-fill text-bad-ink hover:brightness-92 active:brightness-85",
};

const SIZES: Record<ButtonSize, string> = {
  sm: "h-8 px-3 text-sm",
  md: "h-10 px-4 text-sm",
  lg: "h-12 px-6 text-base",
};

/** The classes of a button, for the rare element that is neither `Button` nor `ButtonLink`. */
export function buttonClass({ variant = "secondary", size = "md", block }: Look): string {
  return cx(BASE, VARIANTS[variant], SIZES[size], block && "w-full");
}

type ButtonProps = Look & Omit<ComponentProps<"button">, "size"> & { pending?: boolean };

/**
 * An action. While `pending` it keeps its width and its focus, says so, and lets no second press
 * through.
 */
export function Button({
  variant,
  size,
  block,
  icon,
  pending,
  className,
  children,
  ...props
}: ButtonProps) {
  return (
    <button
      type="button"
      {...props}
      onClick={pending ? undefined : props.onClick}
      aria-disabled={pending || undefined}
      aria-busy={pending || undefined}
      className={cx(buttonClass({ variant, size, block }), className)}
    >
      <span className={cx("inline-flex items-center gap-2", pending && "opacity-0")}>
        {icon}
        {children}
      </span>
      {pending ? (
        <span className="absolute inset-0 grid place-items-center">
          <Spinner />
        </span>
      ) : null}
    </button>
  );
}

/** Looks like a button, goes somewhere. */
export function ButtonLink({
  variant,
  size,
  block,
  icon,
  className,
  children,
  ...props
}: Look & ComponentProps<typeof Link>) {
  return (
    <Link {...props} className={cx(buttonClass({ variant, size, block }), className)}>
      {icon}
      {children}
    </Link>
  );
}

type IconButtonProps = Omit<ButtonProps, "children" | "block" | "icon"> & {
  label: string;
  children: ReactNode;
};

/** A square button that shows only an icon; `label` is its name for everyone who cannot see it. */
export function IconButton({
  label,
  variant = "quiet",
  size = "md",
  className,
  children,
  ...props
}: IconButtonProps) {
  const square = { sm: "size-8 px-0", md: "size-10 px-0", lg: "size-12 px-0" }[size];
  return (
    <button
      type="button"
      title={label}
      aria-label={label}
      {...props}
      className={cx(BASE, VARIANTS[variant], square, className)}
    >
      {children}
    </button>
  );
}

/** A link in running text. */
export function TextLink({ className, ...props }: ComponentProps<typeof Link>) {
  return (
    <Link
      {...props}
      className={cx(
        "rounded-sm text-accent-text underline decoration-current/30 underline-offset-3 " +
          "hover:decoration-current",
        className,
      )}
    />
  );
}
