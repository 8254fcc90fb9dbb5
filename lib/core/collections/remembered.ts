/**
 * A memory of what is costly to make and depends on its key alone: nothing that a key does not name
 * may go into it.
 * @param most how many are kept; one more, and it starts anew
 * @returns gives what is known of a key, or makes it
 */
export function remembered<Value>(most: number): (key: string, make: () => Value) => Value {
  const known = new Map<string, Value>();
  return (key, make) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    if (known.size >= most) known.clear();
    const made = make();
    known.set(key, made);
    return made;
  };
}
