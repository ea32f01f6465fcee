import type { Scene } from './scene.js';

/** Stops the collector in order and starts it with a changed environment. */
export async function restartWith(
  { collector, changeEnvironment }: Scene,
  changes: Readonly<Record<string, string>>,
): Promise<void> {
  await collector().stop();
  changeEnvironment(changes);
  await collector().start();
}
