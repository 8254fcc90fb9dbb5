import { readTogether } from "@/lib/core/statements/query";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { peopleQueries } from "../queries/named";
import { type Asked, readSaid } from "../rules/asked";
import { type DecidedPerson, decidePerson } from "../rules/decide-person";
import { foundInPlaces } from "../rules/found-people";
import type { CustomerInput } from "../schema";
import { lockAsked } from "./lock-people";
import { writePeople } from "./write-people";

type UpsertResult = Omit<DecidedPerson, "writes">;

/**
 * Finds the customer that the input identifies, or makes one known, and adds what is new about
 * them: see `decidePerson`. Safe if the same person arrives many times at once.
 * @throws DomainError invalid_request as `readSaid`
 */
export async function upsertCustomer(scope: Scope, input: CustomerInput): Promise<UpsertResult> {
  const said = readSaid(input);
  return inScope(scope, async (tx) => {
    const asked: Asked[] = [{ said }];
    await lockAsked(tx, asked);
    const rows = await readTogether(tx.db, peopleQueries(tx, asked));
    const [found] = foundInPlaces(1, rows);
    const { writes, ...person } = decidePerson(said, found!, scopeNow(tx));
    writePeople(tx, [writes]);
    return person;
  });
}
