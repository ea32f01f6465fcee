import type { Client } from '@elastic/elasticsearch';
import { type CollectorAddress, checkDoor, write } from './collector.js';
import { type Look, type Looker, lookRequest } from './record.js';

/** Writes who looked. */
export interface Journal {
  /** Asks for what a record needs, so that it is there when the record is written. */
  prepare(): void;
  /** The user's account, as Elasticsearch tells it; asked once. */
  user(): Promise<string>;
  /** @throws CannotRecord when it could not be written: then nothing may be shown */
  granted(look: Look): Promise<void>;
  /** Elasticsearch refused. Nothing is shown in any case, so that a record which can't be written changes nothing. */
  refused(look: Look): Promise<void>;
}

export function openJournal(client: Client, collector: CollectorAddress, looker: Looker): Journal {
  let asked: Promise<string> | undefined;
  let checked: Promise<void> | undefined;
  const door = () => {
    checked ??= checkDoor(collector);
    checked.catch(() => {
      checked = undefined;
    });
    return checked;
  };
  const record = async (request: object) => {
    await door();
    await write(collector, request);
  };
  const user = () => {
    asked ??= client.security.authenticate().then(({ username }) => username);
    // A failure is not remembered: the server may be back.
    asked.catch(() => {
      asked = undefined;
    });
    return asked;
  };
  return {
    prepare: () => void Promise.allSettled([user(), door()]),
    user,
    granted: async (look) => record(lookRequest(await user(), looker, look, true)),
    refused: async (look) => {
      await user()
        .then((name) => record(lookRequest(name, looker, look, false)))
        .catch(() => undefined);
    },
  };
}
