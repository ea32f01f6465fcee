import { blockAt, signOfString } from './json.js';
import { anyListed } from './labels.js';
import { type Rule, shield } from './rule.js';

/** Stands behind a listed key with more parts, the last of which says nothing harmless. */
export const within = '\ue00e';
/** What is said of a value in a field of its own. */
const harmless =
  'type|kind|model|brand|os|length|count|size|id|ids|status|state|valid|verified|format|family|enabled|disabled|required|policy|ttl|expires|expires_in|expires_at|expiry|expiration|version|algorithm|alg|scheme|scope|issuer|domain|path|created|updated|at|in|ms|seconds|min|max|error|code|currency|network|country|class|service|url|uri|host|port|timeout|limit|attempts|retries|manager|provider|store|strategy|template|subject|server|smtp|imap|transport|protocol|queue|days|hours|minutes|site|samesite|same_site|path|secure|httponly|http_only|age|max_age|rotation|rotated|issued|job|campaign|priority|sent|sending|delivered|opened|bounced|received|notification|notifications|subscribed|channel|language|locale|charset|encoding|ru|com|net|org';

const part = `[.]${shield}?[\\p{L}\\p{N}_-]+`;
const end = '(?:":|=)';
/** What stands behind a listed key that has parts. */
export const partsAndEnd = `(?:${part})+${end}`;

/**
 * What stands in a map under a listed key reaches the rules with the whole way in its key, password.a, since attributes are flattened
 * before, and a body that is a map is printed so: password.a=x, b=y. Only a word that says something about the value spares it: mail.host.
 */
export function flattenedRules(): Rule[] {
  return [
    rule('listed key within a key', `${anyListed}((?:${part})+)(${end})`, `<1>${within}<2>`, 'nested'),
    rule('what is said of a value stays', `([.](?:[\\p{L}\\p{N}_-]*[_-])?(?i:${harmless}))${within}`, '<1>'),
    rule(
      'listed key within a key, its value',
      `(${within}":)(?:"${signOfString(0, '*')}${signOfString(0)}*"|${shield}?-?[0-9][0-9.eE+-]*|${blockAt(0, 2)})`,
      '<1>"****"',
    ),
    rule(
      'listed key within a key, its value in a text',
      `(${within}=)(?:\\\\"[^"\\\\*][^"\\\\]*\\\\"|[^\\s"'\\\\,;&{}()<>*\\[$?:=][^"\\\\,;&]*)`,
      '<1>****',
    ),
  ];
}

function rule(name: string, pattern: string, replacement: string, when: Rule['when'] = [within]): Rule {
  return { name, pattern, replacement, needsChecksum: false, when };
}
