/** Word endings of a key that say nothing about what the value is: phone_number, password_hash, email.new, phone[like]. */
const modifiers = new Set(
  'number no num value raw text string hash home work primary main old new current confirm repeat again confirmation eq ne neq like ilike contains icontains exact iexact startswith'.split(
    ' ',
  ),
);

/** Most keys of a policy; the preload looks hundreds of them up before its first record. */
const plainWords = /^[a-zа-яё]+(?: [a-zа-яё]+)*$/;

/** The words of a key in lower case: `customer.cardNumber`, `CARD_NUMBER_2` and `card number` all end in [card, number]. */
export function keyWords(key: string): string[] {
  if (plainWords.test(key)) return key.split(' ');
  return key
    .replace(/(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, ' ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}/]+/u)
    .map((word) => word.replace(/(?<=\p{L}{3})\d{1,3}$/u, ''))
    .filter((word) => word !== '' && !/^\d+$/.test(word));
}

/** The endings of a key under which a listed key may be found, the longest first: 'home phone number', 'phone number', … */
export function keyEndings(key: string): string[] {
  let words = keyWords(key).slice(-6);
  const endings: string[] = [];
  for (let stripped = 0; stripped < 3 && words.length > 0; stripped++) {
    for (let from = Math.max(0, words.length - 4); from < words.length; from++)
      endings.push(words.slice(from).join(' '));
    if (!modifiers.has(words.at(-1) ?? '')) break;
    words = words.slice(0, -1);
  }
  return endings;
}

/** The key that a name in another field means: of a JSON Pointer (RFC 6901), such as /user/phones/0, its parts. */
export function namedKey(name: string): string {
  return name.startsWith('/') ? name.slice(1).replaceAll('/', '.') : name;
}

/** Escapes a literal for use inside a regular expression with the u flag. */
export function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
