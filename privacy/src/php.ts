/** What PHP's var_dump writes between an arrow and a value, which stands on the next line: string(5) "…", int(5), array(1) {…}. */
const dumped = /\s{0,80}(?:string\(\d{1,9}\) (?=")|(?:int|float)\((?=[\d.-])|array\(\d{1,9}\) (?=\{))/y;

/** Where the value behind => begins that var_dump wrote; undefined where it wrote none. */
export function startOfDumped(text: string, from: number): number | undefined {
  dumped.lastIndex = from;
  return dumped.test(text) ? dumped.lastIndex : undefined;
}
