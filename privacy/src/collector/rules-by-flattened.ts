import type { Policy } from '../schema.js';
import { keyWords } from '../words.js';
import { blockAt, signOfString } from './json.js';
import { joint } from './keys.js';
import { type Rule, shield } from './rule.js';

/** Stands behind a listed phrase with parts of a key behind it, the last of which says nothing harmless. */
const within = '\ue00e';
/** Kinds whose parts are as personal as the whole. Behind the word of any other stands rather what else there is of it: mail.host. */
const kinds = ['password', 'token', 'card', 'address', 'phone', 'name', 'passport', 'tax_number', 'bank', 'birth_date'];
/** The same as the end of a camelCase name: userPassword.new. */
const inCamelCase = 'Password|Passwd|Token|Secret|Credentials|Address|Card|Phone|Passport';
/** What is said of a value in a field of its own. */
const harmless =
  'type|kind|model|brand|os|length|count|size|id|ids|status|state|valid|verified|format|family|enabled|disabled|required|policy|ttl|expires|expires_in|expires_at|expiry|expiration|version|algorithm|alg|scheme|scope|issuer|domain|path|created|updated|at|in|ms|seconds|min|max|error|code|currency|network|country|class|service|url|uri|host|port|timeout|limit|attempts|retries|manager|provider|store|strategy';

const part = '[.][\\p{L}\\p{N}_-]+';
const end = '(?:":|=)';

/**
 * What stands in a map under a listed key reaches the rules with the whole way in its key, password.a, since attributes are flattened
 * before, and a body that is a map is printed so: password.a=x, b=y. Only a word that says something about the value spares it.
 */
export function flattenedRules(policy: Policy): Rule[] {
  const phrases = kinds.flatMap((kind) => policy.kinds[kind]?.keys ?? []).map((key) => keyWords(key).join(joint));
  const keys = [...new Set(phrases)].sort().join('|');
  return [
    rule(
      'listed key within a key',
      `((?:^|[^\\p{L}])(?i:${keys})[0-9]?|\\p{Ll}(?:${inCamelCase})[0-9]?)((?:${part})+${end})`,
      `<1>${within}<2>`,
      'nested',
    ),
    rule(
      'what is said of a value stays',
      `${within}((?:${part})*[.](?:[\\p{L}\\p{N}_-]*[_-])?(?i:${harmless})${end})`,
      '<1>',
    ),
    rule(
      'listed key within a key, its value',
      `(${within}[^"\\\\]*":)(?:"${signOfString(0, '*')}${signOfString(0)}*"|${shield}?-?[0-9][0-9.eE+-]*|${blockAt(0, 2)})`,
      '<1>"****"',
    ),
    rule(
      'listed key within a key, its value in a text',
      `(${within}[^"\\\\=]*=)[^\\s"'\\\\,;&{}()<>*\\[$?:=][^"\\\\,;&]*`,
      '<1>****',
    ),
  ];
}

function rule(name: string, pattern: string, replacement: string, when: Rule['when'] = [within]): Rule {
  return { name, pattern, replacement, needsChecksum: false, when };
}
