import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DebianOptions, librariesIn, unpackedProgram } from '../debian/packages.js';
import { findInPath } from '../prerequisites.js';
import { runVariable } from '../run/process-facts.js';

/** A Chromium that can be started, for tests and figures of the look-up page. */
export interface Chromium {
  readonly command: string;
  /** The whole environment to start it with. It carries the mark of the run, so that the browser ends with it at the latest. */
  readonly env: NodeJS.ProcessEnv;
}

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Folders below that of the libraries which the linker, unlike the installed libraries, doesn't know of. */
const inner = ['pulseaudio', 'nss'];

/** The machine's own Chromium or Chrome if it has one, else Debian's packages unpacked into the cache. */
export async function findChromium(options: DebianOptions): Promise<Chromium> {
  const env = { ...options.env, [runVariable]: options.run.folder };
  for (const name of names) {
    const command = await findInPath(name, options.env);
    if (command !== undefined) return { command, env };
  }
  const root = await unpackedChromium(options);
  const fonts = join(options.run.folder, 'fonts.conf');
  await writeFile(fonts, fontSettings(root, options.run.folder));
  const libraries = (await librariesIn(root)).flatMap((folder) => [folder, ...inner.map((name) => join(folder, name))]);
  return {
    command: join(root, 'usr', 'lib', 'chromium', 'chromium'),
    env: {
      ...env,
      FONTCONFIG_FILE: fonts,
      LD_LIBRARY_PATH: [...libraries, options.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
    },
  };
}

function unpackedChromium(options: DebianOptions): Promise<string> {
  return unpackedProgram(
    {
      name: 'chromium',
      title: 'Chromium',
      // A small machine has no fonts at all: a page would be boxes.
      packages: ['chromium', 'fonts-inter', 'fonts-dejavu-core'],
      megabytes: 130,
      howToGetIt: 'apt-get install chromium, or have google-chrome in PATH',
    },
    options,
  );
}

/** Fontconfig knows only its own places under /etc: this one names the fonts that came along and the machine's. */
function fontSettings(root: string, runFolder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(root, 'usr', 'share', 'fonts')}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${join(runFolder, 'font-cache')}</cachedir>
  <alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
  <alias><family>sans-serif</family><prefer><family>Inter</family><family>DejaVu Sans</family></prefer></alias>
  <alias><family>system-ui</family><prefer><family>Inter</family><family>DejaVu Sans</family></prefer></alias>
</fontconfig>
`;
}
