import assert from 'node:assert/strict';
import { loadPhones, readPolicy } from './files.js';
import { compilePolicy } from './redactor.js';

const redactor = compilePolicy(readPolicy(), { loadPhones });

describe('a column of a listed name', () => {
  it('is masked in all lines below the names', () => {
    for (const [text, clean] of [
      ['id,fax,active\n42,9875564,1', 'id,fax,active\n42,****,1'],
      ['id;client_name\r\n1;Ivan\r\n2;"a; ""b"";\nc"\r\n', 'id;client_name\r\n1;****\r\n2;"****"\r\n'],
      ['"id"\t"Birth Date"\n7\t19.08.1976\n8\t20.08.1976', '"id"\t"Birth Date"\n7\t****\n8\t****'],
      ['id,passwd,x\n1,a,1\n2,b', 'id,passwd,x\n1,****,1\n2,****'],
      ['{"file":"surname,id\\nIvanov,7"}', '{"file":"surname,id\\nIvanov,7"}'],
      ['surname,id\\nIvanov,7', 'surname,id\\n****,7'],
      ['id,pwd,x\n1,null,\n2,,\n3,zz,\n\nend, pwd, zz', 'id,pwd,x\n1,null,\n2,,\n3,****,\n\nend, pwd, zz'],
      ['suite,pass,x\na,k7,0', 'suite,pass,x\na,****,0'],
    ] as const)
      assert.equal(redactor.text(text), clean);
  });

  it('is none in other texts of several lines', () => {
    for (const text of [
      'phone,\nnext line',
      'a, b and password\n1, 2 and 3',
      'phone,city\nwas changed',
      'phone\n42',
      'suite,pass,fail\napi,12,0',
      'host,address\ndb,10.0.0.1',
      'Dear operator,the password\nwas changed.',
      'id,status\n42,sent',
    ])
      assert.equal(redactor.text(text), text);
  });

  it('takes time in proportion to the length', function () {
    this.timeout(20_000);
    for (const line of ['1,2\n', ',', '"', '",', 'phone,x\n']) {
      const before = process.cpuUsage().user;
      redactor.text(`phone,x\n${line.repeat(1_000_000 / line.length)}`);
      assert.ok(process.cpuUsage().user - before < 5e6, line);
    }
  });
});
