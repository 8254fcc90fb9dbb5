import { Button } from "@/components/ui/controls/button";

type EnterFormProps = { action: () => Promise<void>; button: string };

/**
 * Signs in when its button is pressed, and only then: programs that open the links of emails run
 * scripts too, and the link works once.
 */
export function EnterForm({ action, button }: EnterFormProps) {
  return (
    <form action={action} className="mt-2">
      <Button type="submit" variant="primary" size="lg">
        {button}
      </Button>
    </form>
  );
}
