/** A value that is made when it is first asked for: expressions with classes of Unicode take a millisecond each to compile. */
export function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
