import type { PlantedValue } from './values.js';

/** So many digits in a row of a longer number, or two of its groups, are a part that leaked. */
const telling = 9;

/** Whether a value can still be read in what was stored: as it is, with its encodings undone, by its bare digits, or a part of them. */
export function leaks(stored: string, { text, secret }: PlantedValue): boolean {
  const readings = [stored, undone(stored), undone(undone(stored))];
  if (readings.some((reading) => reading.includes(secret) || reading.includes(text))) return true;
  if (groupsOf(secret).some((groups) => readings.some((reading) => reading.includes(groups)))) return true;
  const digits = secret.replace(/\D/g, '');
  if (digits.length < 7) return false;
  const parts = Array.from({ length: Math.max(1, digits.length - telling + 1) }, (_, i) =>
    digits.slice(i, i + telling),
  );
  return readings.some((reading) => {
    const bare = reading.replace(/(?<=\d)[\s().+-]{1,3}(?=\d)/g, '');
    return parts.some((part) => bare.includes(part));
  });
}

/** Two groups of four digits or letters that stand side by side in a number of more: 3704 0044. */
function groupsOf(secret: string): string[] {
  const groups = secret.split(/(?<=[0-9A-Z]{4}) (?=[0-9A-Z]{4})/);
  if (groups.length < 3) return [];
  return groups.slice(1).map((group, i) => `${groups[i]?.slice(-4)} ${group.slice(0, 4)}`);
}

/** Percent-encoding, form-encoding and backslashes undone. */
function undone(text: string): string {
  return text
    .replace(/(?:%[0-9A-Fa-f]{2})+/g, (encoded) => {
      try {
        return decodeURIComponent(encoded);
      } catch {
        return encoded;
      }
    })
    .replaceAll('+', ' ')
    .replaceAll('\\', '');
}
