import { cpus, release, totalmem, type } from 'node:os';

const bytesPerGib = 2 ** 30;

/** What figures depend on besides the programs: one line for the page. */
export function readMachine(): string {
  const model = cpus()[0]?.model.trim() || 'unknown processor';
  const memoryGib = Math.round(totalmem() / bytesPerGib);
  return `${model}, ${cpus().length} cores, ${memoryGib} GiB of memory, ${type()} ${release()}, Node ${process.versions.node}`;
}
