import assert from 'node:assert/strict';
import { StackError } from './failure.js';
import { choosePorts, freePort, portVariables } from './ports.js';

describe('the ports of a stack', () => {
  it('are the ones that the user fixed, and others that are all different', async () => {
    const port = await freePort();
    const ports = await choosePorts({ [portVariables.amqp]: String(port) });
    assert.equal(ports.amqp, port);
    const all = Object.values(ports);
    assert.equal(new Set(all).size, all.length);
  });

  it('are none of those that are promised to services which start later', async () => {
    // All that ports are taken from, but the last 200.
    const promised = Array.from({ length: 16_800 }, (_, at) => 15_000 + at);
    for (const port of Object.values(await choosePorts({}, promised))) assert.ok(port >= 31_800, String(port));
  });

  it('are refused at once when two variables name the same', async () => {
    const port = await freePort();
    const env = { [portVariables.otlpHttp]: String(port), [portVariables.postgresql]: String(port) };
    await assert.rejects(choosePorts(env), (error: Error) => {
      assert.ok(error instanceof StackError);
      const expected = `HALLMARK_OTLP_PORT and HALLMARK_POSTGRESQL_PORT both name port ${port}: set another port for one, or unset one`;
      assert.equal(error.message, expected);
      return true;
    });
  });
});
