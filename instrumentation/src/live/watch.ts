import { type Stats, stat, statSync } from 'node:fs';
import { askSampling } from '../entry/sampler.js';
import { limits } from '../settings/limits.js';
import { describe, guarded, say } from '../talk/stderr.js';
import { askWinston } from '../winston/asked-level.js';
import { type Ask, describeAsk } from './ask.js';
import { type LiveFile, markOf, readLiveFile } from './file.js';
import { parseAsk, WrongAsk } from './parse.js';

/** The variable that names the file, for the lines that are said of it. */
const FILE = 'HALLMARK_LIVE_FILE';
const SIGNAL_ASK = 'level: debug\nsampling: 1\nfor: 10m\n';

/** Carries out what the service is asked for, and goes back when its time is over. */
class Listener {
  #timer: NodeJS.Timeout | undefined;
  #isOn = false;

  get isOn(): boolean {
    return this.#isOn;
  }

  /** @param from the moment from which the time of the ask counts, in ms since 1970 */
  begin(who: string, ask: Ask, from: number): void {
    const now = Date.now();
    const until = Math.min(from, now) + ask.forMs;
    const untilText = `${new Date(until).toISOString().slice(0, 19)}Z`;
    if (until <= now) {
      const over = `what ${who} asked for was over at ${untilText}`;
      if (this.#isOn) this.end(over);
      else say('info', `${over}: it is not obeyed`);
      return;
    }
    this.#isOn = true;
    askWinston(ask.level, ask.logger);
    askSampling(ask.sampling);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.end('its time is over'), until - now);
    say('info', `${who} asks for ${describeAsk(ask)} until ${untilText}`);
  }

  end(why: string): void {
    clearTimeout(this.#timer);
    if (!this.#isOn) return;
    this.#isOn = false;
    askWinston(undefined, undefined);
    askSampling(undefined);
    say('info', `${why}: levels and sampling are as configured again`);
  }
}

/** Watches for what the service is asked: costs a look at the file's date once a second, on no thread of the service's. */
export function watchLive({ file, signal }: { file: string | undefined; signal: NodeJS.Signals | undefined }): void {
  const listener = new Listener();
  if (file !== undefined) watchFile(file, listener);
  if (signal !== undefined) {
    process.on(signal, () => {
      if (listener.isOn) listener.end(`${signal} again`);
      else listener.begin(signal, parseAsk(SIGNAL_ASK) as Ask, Date.now());
    });
  }
}

/**
 * By polling: a watch on an inode misses a file that is put in its place, a link that is turned, a folder that comes later.
 * Compared is what was read, which `fs.watchFile` can't know: a file that came and went between two of its looks would stay obeyed.
 */
function watchFile(path: string, listener: Listener): void {
  let seen: string | undefined;
  const look = (found: string) => {
    const file = readLiveFile(path);
    seen = file.mark ?? found;
    obey(file, listener);
  };
  const compare = (stats: Stats | undefined) => {
    const found = markOf(stats);
    if (found !== seen) guarded('live file', () => look(found));
  };
  // Only this first look waits: it must come before the service's first line.
  compare(statNow(path));
  // Unreferenced, as every timer of the preload: it holds no process.
  setInterval(() => stat(path, (_error, stats) => compare(stats)), limits.liveFilePollMs);
}

function statNow(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

function obey({ text, refusal, writtenMs }: LiveFile, listener: Listener): void {
  try {
    if (refusal !== undefined) throw new WrongAsk(refusal);
    const ask = text === undefined ? undefined : parseAsk(text);
    if (ask) listener.begin(FILE, ask, writtenMs);
    else listener.end(`the file of ${FILE} is ${text === undefined ? 'gone' : 'empty'}`);
  } catch (error) {
    say(
      'warn',
      `${FILE} is ignored, nothing is changed: ${error instanceof WrongAsk ? error.message : describe(error)}`,
    );
  }
}
