/** Go runs an anchored expression in one pass only when its program has fewer instructions (regexp/onepass.go, compileOnePass). */
export const onePassInstructions = 1000;

/**
 * How many instructions Go makes of an expression: one for each sign or class, one for each branch but the first, for each * and ?, and as
 * many again for each count. For expressions of literals, classes, (?:…), |, *, ?, {n}, {n,m}, ^ and $, as this folder writes them.
 */
export function instructionsOf(expression: string): number {
  let at = 0;
  const alternation = (): number => {
    let sum = 0;
    for (let branch = 0; ; branch++) {
      let length = 0;
      while (at < expression.length && expression[at] !== '|' && expression[at] !== ')') length += repeated(piece());
      // An empty branch or group is an instruction too.
      sum += Math.max(length, 1) + (branch > 0 ? 1 : 0);
      if (expression[at] !== '|') return sum;
      at++;
    }
  };
  const piece = (): number => {
    if (expression.startsWith('(?:', at)) {
      at += 3;
      const inside = alternation();
      at++;
      return inside;
    }
    at += /^(?:\[\^?\]?(?:\\.|[^\]\\])*\]|\\x[0-9a-f]{2}|\\.|.)/su.exec(expression.slice(at))?.[0].length ?? 1;
    return 1;
  };
  const repeated = (size: number): number => {
    const [sign, least, , most] = /^(?:[*?]|\{(\d+)(,(\d+))?\})/.exec(expression.slice(at)) ?? [''];
    at += sign.length;
    if (sign === '') return size;
    if (least === undefined) return size + 1;
    return Number(least) * size + (Number(most ?? least) - Number(least)) * (size + 1);
  };
  const beginAndEnd = 2;
  return alternation() + beginAndEnd;
}
