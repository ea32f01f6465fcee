import { readdir, readFile } from 'node:fs/promises';

const ROOM = new URL('../', import.meta.url);

/** A JSON file of this room: its name without `.json`, and what it holds. */
export interface DataFile<T> {
  readonly name: string;
  readonly content: T;
}

/** All JSON files of a folder of this room, by name. */
export async function readFolder<T>(folder: string): Promise<DataFile<T>[]> {
  const names = (await readdir(new URL(`${folder}/`, ROOM))).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(
    names.map(async (file) => ({ name: file.slice(0, -5), content: await readJson<T>(`${folder}/${file}`) })),
  );
}

/** One JSON file of this room. */
export async function readJson<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(new URL(path, ROOM), 'utf8')) as T;
}
