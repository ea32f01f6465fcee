/** The value of an environment variable that the service cannot run without. Throws one line that names it. */
export function requiredVariable(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`the environment variable ${name} is not set; npm run stack prints the values to use`);
  return value;
}

/** A non-negative whole number from the environment, or `fallback` where the variable is not set. Throws on anything else. */
export function environmentNumber(name: string, fallback: number): number {
  const text = process.env[name];
  if (text === undefined || text === '') return fallback;
  if (!/^\d{1,15}$/.test(text))
    throw new Error(`${name} is '${text}', it must be a whole number, for example ${fallback}`);
  return Number(text);
}
