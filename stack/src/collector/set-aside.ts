/** `node set-aside.js <folder>`: what the stack does before each start of the collector, for whoever starts it otherwise. */
import { setAsideUnreadable } from './queue-files.js';

const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: node stack/dist/collector/set-aside.js <folder of the queue>');
  process.exitCode = 2;
} else {
  try {
    for (const name of await setAsideUnreadable(folder))
      console.error(`${folder}: ${name} was damaged and is set aside`);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const isFolder = code !== 'ENOENT' && code !== 'ENOTDIR';
    console.error(
      `${folder}: ${isFolder ? message : 'there is no such folder; expected that of the queue, QUEUE_DIR'}`,
    );
    process.exitCode = 1;
  }
}
