import { needsThread } from '../modules/hooks.js';
import type { Library } from '../modules/libraries.js';
import type { LibraryLoader } from '../modules/loading.js';
import { missingFlags } from '../settings/permissions.js';
import type { Settings } from '../settings/settings.js';
import { say } from '../talk/stderr.js';

const MOST_NAMES = 10;

interface Started {
  readonly version: string;
  readonly serviceName: string;
  readonly settings: Settings;
  readonly selected: readonly Library[];
  readonly loader: LibraryLoader;
}

/** Scheme, host and port of where both signals go, without user and password. */
function destination({ logs, traces }: Settings): string {
  const [logsTo, tracesTo] = [logs, traces].map((signal) => (signal ? new URL(signal.url).origin : 'nowhere'));
  return logsTo === tracesTo ? `to ${logsTo}` : `logs to ${logsTo}, spans to ${tracesTo}`;
}

/** Which libraries the service loads is not known yet: the names where a variable chose them, else how many it may be. */
function instrumented(selected: readonly Library[]): string {
  const names = selected.map(({ name }) => name);
  return `instruments ${names.length > 0 && names.length <= MOST_NAMES ? names.join(', ') : `${names.length} libraries`} as they are loaded`;
}

/**
 * The one line at the start. What it says of the environment goes through here: names of settings, never their values, and of
 * the endpoint scheme, host and port.
 */
export function announce({ version, serviceName, settings, selected, loader }: Started): void {
  const parts = [`${version}, service ${serviceName}, ${destination(settings)}`, instrumented(selected)];
  if (loader.tooEarly.length > 0) parts.push(`loaded too early to be instrumented: ${loader.tooEarly.join(', ')}`);
  const missing = missingFlags(needsThread());
  if (missing) parts.push(missing);
  if (settings.ignored.size > 0) {
    parts.push(`ignored: ${[...settings.ignored].map(([name, reason]) => `${name} (${reason})`).join(', ')}`);
  }
  say('info', parts.join('; '));
}
