/** How many colours the style has for services: `.service-0` to `.service-11`. */
export const colourCount = 12;

/**
 * A colour for each service: mostly the same in every story, since it follows from the name, and two services of one story don't
 * share one until there are more than twelve.
 */
export function coloursOf(services: readonly string[]): ReadonlyMap<string, number> {
  const taken = new Set<number>();
  const colours = new Map<string, number>();
  for (const service of services) {
    let colour = hash(service) % colourCount;
    while (taken.has(colour) && taken.size < colourCount) colour = (colour + 5) % colourCount;
    taken.add(colour);
    colours.set(service, colour);
  }
  return colours;
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return value;
}
