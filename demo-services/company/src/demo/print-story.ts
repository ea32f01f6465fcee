import { type Story, storyLines, wantsColours } from '@hallmark/lookup';

const PIPE_WIDTH = 100;

/** Prints a story on standard output, as wide as the terminal. */
export function printStory(story: Story): void {
  const { stdout } = process;
  const colours = wantsColours(stdout.isTTY === true, process.env);
  const width = stdout.isTTY ? stdout.columns : PIPE_WIDTH;
  for (const line of storyLines(story, { width, colours, all: false })) stdout.write(`${line}\n`);
}
