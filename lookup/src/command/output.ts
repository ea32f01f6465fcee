import { safeJson, visible } from '../text/visible.js';

/** Where a command's data and talk go. */
export interface Output {
  readonly width: number;
  readonly colours: boolean;
  /** Aborted when nobody reads any more: head, less, or Ctrl-C. */
  readonly ended: AbortSignal;
  /** A line of data. */
  line(text: string): void;
  /** One JSON document. */
  json(document: unknown): void;
  /** A line of JSON, as it is in a file of such lines. */
  jsonLine(json: string): void;
  /** A line of talk. */
  say(text: string): void;
}

export interface Streams {
  readonly out: NodeJS.WritableStream;
  readonly talk: NodeJS.WritableStream;
}

export function outputTo(streams: Streams, look: { width: number; colours: boolean }, ended: AbortSignal): Output {
  const write = (text: string) => {
    if (!ended.aborted) streams.out.write(text);
  };
  return {
    ...look,
    ended,
    line: (text) => write(`${text}\n`),
    json: (document) => write(`${safeJson(JSON.stringify(document, undefined, 2))}\n`),
    jsonLine: (json) => write(`${safeJson(json.trimEnd())}\n`),
    say: (text) => streams.talk.write(`lookup: ${visible(text)}\n`),
  };
}
