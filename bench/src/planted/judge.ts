import type { PlantedValue } from './values.js';

/** Whether a value can still be read in what was stored: as it is, with its encodings undone, or by its bare digits. */
export function leaks(stored: string, { text, secret }: PlantedValue): boolean {
  const readings = [stored, undone(stored), undone(undone(stored))];
  if (readings.some((reading) => reading.includes(secret) || reading.includes(text))) return true;
  const digits = secret.replace(/\D/g, '');
  return (
    digits.length >= 7 &&
    readings.some((reading) => reading.replace(/(?<=\d)[\s().+-]{1,3}(?=\d)/g, '').includes(digits))
  );
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
