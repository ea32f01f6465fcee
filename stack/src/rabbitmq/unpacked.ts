import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DebianOptions, unpackedProgram } from '../debian/packages.js';

/** RabbitMQ and the Erlang it needs, as Debian packages unpacked into the cache. */
export function unpackedRabbitmq(options: DebianOptions): Promise<string> {
  return unpackedProgram(
    {
      name: 'rabbitmq',
      title: 'RabbitMQ',
      packages: ['rabbitmq-server'],
      megabytes: 35,
      howToGetIt:
        'apt-get install rabbitmq-server, brew install rabbitmq, or set AMQP_URL to a broker of your own (amqp://user:password@host:5672)',
      adapt: (folder) => makeRelocatable(join(folder, 'usr', 'lib', 'erlang', 'bin', 'erl')),
    },
    options,
  );
}

/** Debian's `erl` knows only /usr/lib/erlang: let it find itself where it lies. */
async function makeRelocatable(erl: string): Promise<void> {
  const script = await readFile(erl, 'utf8');
  const here = 'ROOTDIR=$(cd "$(dirname "$0")/.." && pwd)';
  await writeFile(erl, script.replaceAll('ROOTDIR=/usr/lib/erlang', here));
}
