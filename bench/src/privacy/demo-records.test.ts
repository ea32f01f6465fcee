import assert from 'node:assert/strict';
import { compilePolicy, loadPhones, readPolicy } from '@hallmark/privacy';
import {
  ordinaryAttributes,
  ordinaryText,
  pairStart,
  sqlWithoutValues,
  uuid,
  valueStart,
} from '@hallmark/privacy/collector';
import { type DemoRecord, demoRecords } from './demo-records.js';

describe('records of the demo', () => {
  const policy = readPolicy();
  const redactor = compilePolicy(policy, { loadPhones });

  it('hold nothing personal', () => {
    const found = demoRecords().flatMap(({ name, body, eventName, attributes }) =>
      [name, body, eventName, ...Object.values(attributes)].flatMap((value) => redactor.explain(String(value ?? ''))),
    );
    assert.deepEqual(found, []);
  });

  it('are told to be ordinary by the first questions of the collector, but for one in twenty', () => {
    const others = demoRecords().filter((record) => !isOrdinary(record));
    assert.ok(
      others.length * 20 <= demoRecords().length,
      others.map(({ name, eventName }) => name ?? eventName).join(', '),
    );
  });

  /** As the generated statements ask, in the same expressions. */
  function isOrdinary({ name, body, eventName, attributes }: DemoRecord): boolean {
    const pairs = ['', ...Object.entries(attributes).map(([key, value]) => `${key}${valueStart}${value}`)];
    const texts = policy.ordinary_keys.texts
      .map((key) => String(attributes[key] ?? ''))
      .filter((text) => !new RegExp(sqlWithoutValues).test(text));
    const small = `\n${[name, body, eventName, ...texts].join('\n')}\n`.toLowerCase();
    return (
      new RegExp(ordinaryAttributes(policy)).test(pairs.join(pairStart)) &&
      new RegExp(ordinaryText(policy)).test(small.replace(new RegExp(uuid, 'g'), ''))
    );
  }
});
