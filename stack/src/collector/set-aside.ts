/** `node set-aside.js <folder>`: what the stack does before each start of the collector, for whoever starts it otherwise. */
import { setAsideUnreadable } from './queue-files.js';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: node stack/dist/collector/set-aside.js <folder of the queue>');
  process.exitCode = 2;
} else {
  for (const name of await setAsideUnreadable(folder)) console.error(`${folder}: ${name} was damaged and is set aside`);
}
