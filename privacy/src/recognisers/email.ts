import type { CompiledKind, Finding } from '../compiled.js';

const longestLocalPart = 64;
const longestDomain = 253;
const localSign = /[\p{L}\p{N}\p{M}._%+\-!#$&*/=?^`{|}~']/u;
/** Signs that are allowed in a local part, but in a log rather stand around an address. */
const frame = /^[/=?&{|}#$!*'`^~.]+/;
/** ivan+ring=2@…, bounce+ivan=example.org@…: behind the + of a tag, = is a part of the address. */
const taggedLocal = /[\p{L}\p{N}\p{M}._'-]+\+[\p{L}\p{N}\p{M}._+-]*=[^/&?]*$/u;
const domain =
  /^(?:[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]{0,61}[\p{L}\p{N}])?[.]){1,8}(?:xn--[a-z0-9-]{2,59}|\p{L}[\p{L}\p{M}]{1,62})/u;
/** Names before @ that are no person's in a log: code hosts, broker and database nodes. */
const notPeople = new Set(['git', 'rabbit', 'emqx', 'ssh']);
/** What stands behind @ and is no domain: a version, next@15.0.0-rc.one. */
const version = /^\d{1,5}[.]\d{1,5}[.]\d/;
/** Endings of files and systemd's units that are no top-level domain's: logo@2x.png, getty@tty1.service. */
const fileEnding =
  /[.](?:png|jpe?g|gif|webp|svg|avif|ico|bmp|css|scss|[mc]?js|jsx|tsx|json|map|html?|xml|ya?ml|toml|lock|txt|log|gz|tgz|tar|conf|ini|tmp|bak|pem|crt|sock|service|socket|timer|mount|automount|slice|scope|path|device|swap)$/i;
const scale = /^\d(?:[.]\d)?x[.]/;

/** E-mail addresses: a local part and a domain with a dot, in any script. */
export function findEmails(text: string, kind: CompiledKind): Finding[] {
  const findings: Finding[] = [];
  let previous = -1;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const start = localStart(text, at, previous);
    previous = at;
    if (start === at) continue;
    const host = hostAt(text, at + 1);
    if (host && !notPeople.has(text.slice(start, at)))
      findings.push({ start, end: at + 1 + host.length, kind, rule: 'written form' });
  }
  return findings;
}

/** The domain that begins here; of a file's name, such as ivan@example.com.json, what stands before its ending. */
function hostAt(text: string, from: number): string | undefined {
  const host = domain.exec(text.slice(from, from + longestDomain))?.[0];
  if (!host || version.test(host)) return undefined;
  const ending = fileEnding.exec(host);
  if (!ending) return host;
  return scale.test(host) ? undefined : domain.exec(host.slice(0, ending.index))?.[0];
}

function localStart(text: string, at: number, previous: number): number {
  const quoted = text[at - 1] === '"' ? text.lastIndexOf('"', at - 2) : -1;
  if (quoted > previous && at - quoted <= longestLocalPart && /^[^\s:,{}[\]]+$/.test(text.slice(quoted + 1, at - 1)))
    return quoted;
  const earliest = Math.max(previous + 1, at - longestLocalPart, 0);
  let start = at;
  while (start > earliest && localSign.test(text[start - 1] ?? '')) start--;
  const local = text.slice(start, at);
  // 'mailto=ivan@…', '/users/ivan@…': what stands before the last framing sign is not a part of the address.
  const tagged = taggedLocal.exec(local);
  if (tagged) return start + tagged.index;
  const cut = Math.max(local.lastIndexOf('='), local.lastIndexOf('/'), local.lastIndexOf('&'), local.lastIndexOf('?'));
  const inner = local.slice(cut + 1).replace(frame, '');
  return at - inner.length;
}

/** jdbc:oracle:thin:scott/tiger@//db:1521/ORCL */
const oracleCredentials = /(jdbc:oracle:[a-z]{1,8}:)[^\s/@"'<>]{1,128}\/[^\s@"'<>]{1,128}@/g;

/** User and password (or a token) before the host of an URL. */
export function findUrlCredentials(text: string, kind: CompiledKind): Finding[] {
  const findings: Finding[] = [];
  for (let at = text.indexOf('://'); at >= 0; at = text.indexOf('://', at + 3)) {
    const authority = /^[^\s/?#"'<>\\]{1,512}@/.exec(text.slice(at + 3, at + 3 + 520))?.[0];
    if (!authority) continue;
    const end = at + 3 + authority.length - 1;
    // A password may hold slashes and question marks that should have been encoded: 'user:pa/ss@host'.
    findings.push({ start: at + 3, end, kind, rule: 'written form' });
  }
  if (!text.includes('jdbc:')) return findings;
  for (const { index, 0: all, 1: before = '' } of text.matchAll(oracleCredentials))
    findings.push({ start: index + before.length, end: index + all.length - 1, kind, rule: 'written form' });
  return findings;
}
