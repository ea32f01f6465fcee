/** `node killed-sender.js <otlp> <service> <trace id>`: sends record after record and prints the name of each that was acknowledged. */
import { sendLogs } from '../otlp.js';

const [otlp = '', service = '', traceId = ''] = process.argv.slice(2);
for (let number = 0; ; number++) {
  const name = `${process.pid}-${number}`;
  const record = { traceId, body: `record ${name}`, attributes: { 'oracle.name': name } };
  if ((await sendLogs(otlp, { resource: { 'service.name': service } }, [record])) === 200)
    process.stdout.write(`${name}\n`);
}
