import type { LibraryLoader } from '../modules/loading.js';
import type { Settings } from '../settings/settings.js';
import { say } from '../talk/stderr.js';

interface Started {
  readonly version: string;
  readonly serviceName: string;
  readonly settings: Settings;
  readonly loader: LibraryLoader;
}

/** Origin without user and password. */
function publicEndpoint({ endpoint, logs, traces }: Settings): string {
  return logs || traces ? endpoint : 'nowhere';
}

/**
 * The one line at the start. What it says of the environment goes through here: names of settings, never their values, and of
 * the endpoint scheme, host and port.
 */
export function announce({ version, serviceName, settings, loader }: Started): void {
  const parts = [`${version}, service ${serviceName}, to ${publicEndpoint(settings)}`];
  if (loader.tooEarly.length > 0) parts.push(`loaded too early to be instrumented: ${loader.tooEarly.join(', ')}`);
  if (settings.ignored.size > 0) {
    parts.push(`ignored: ${[...settings.ignored].map(([name, reason]) => `${name} (${reason})`).join(', ')}`);
  }
  say('info', parts.join('; '));
}
