import assert from 'node:assert/strict';
import { loadPhones, readPolicy } from '../files.js';
import { compilePolicy } from '../redactor.js';

const redactor = compilePolicy(readPolicy(), { loadPhones });

/** Numbers as they are written in one country alone. */
const national: Record<string, string[]> = {
  BY: ['8 029 140-50-72', '8 (029) 140-50-72', '8-044-372-11-69', '8029 140 50 72', '8 0162 21-31-41'],
  DE: ['0176 13979236', '0151/12345678', '0170-1234567', '030 73470330', '089/1234567', '040 123456'],
  IN: ['098155 04731'],
  ES: ['644 11 18 94', '711 12 34 56'],
  PL: ['601-330-693'],
};

const lookAlikes = [
  '0644 1048576',
  '0755 12345678',
  '601 330 693 bytes',
  '600 400 200',
  'copied 0176 1397923 bytes',
  'order 0176 13979236, code 030 7347033',
  '0151 1048576\n0152 1048577\n0153 1048578',
  '0150 12345678 17\n0151 12345679 18',
  'procs 644 11 18 94 12 7',
  '12 644 11 18 94',
  'reserved 644-11-18, 94',
  'GET /030/73470330/x and /a/030/7347033',
  '2023-030-12 040.12.34 v0176.13979236',
  'sku-601-330-693, ref 601-330-69, 601.330.693, 601 330-693',
  'at 10:15:30 123.45.67, 2023-11-21 07:43:09 198.51.100.247 GET',
  'normal 0.450472 -0.231592 0.529646, vn -0.1577 -0.4832 -0.2857',
  '2023-03-26 14:40:45.560746444 +0000 UTC m=+8601.438758737',
  '192.168.116.135:47305 - 25871 "A IN catalog."',
  'Chrome/115.0.4772.96 Mobile Safari/537.36 YaBrowser/24.1.9.69.00 SA/3 Mobile Safari/537.36',
];

describe('a phone number in the form of one country', () => {
  it('is masked where the policy names the country, and only there', () => {
    for (const [country, numbers] of Object.entries(national)) {
      const policy = readPolicy();
      const countries = policy.countries.filter((other) => other !== country);
      const without = compilePolicy({ ...policy, countries }, { loadPhones });
      for (const number of numbers) {
        assert.equal(redactor.text(`sent to ${number}, no answer`), 'sent to ****, no answer');
        assert.equal(redactor.text(`{"note":"${number}"}`), '{"note":"****"}');
        assert.equal(redactor.text(`2025-11-21 10:11:12 ${number}`), '2025-11-21 10:11:12 ****');
        assert.equal(without.text(`sent to ${number}, no answer`), `sent to ${number}, no answer`, country);
      }
    }
  });

  it('is masked whichever space it is written with', () => {
    assert.equal(redactor.text('644\u00a011\u00a018\u00a094'), '****');
    assert.equal(redactor.text('q=0176+13979236&x=1'), 'q=****&x=1');
  });

  it('is masked before an extension that touches it', () => {
    for (const number of [
      '202-555-0147',
      '(202)555-0147',
      '001-202-555-0147',
      '+1-202-555-0147',
      '202.555.0147',
      '+12025550147',
      '8 916 123-45-67',
    ]) {
      for (const extension of ['x33', 'X3', 'x33333', ' x33', ' ext. 33'])
        assert.equal(redactor.text(`call ${number}${extension}, please`), `call ****${extension}, please`);
      for (const other of ['x333333', 'xabc', 'x3a', 'y33', 'x'])
        assert.equal(redactor.text(`call ${number}${other}, please`), `call ${number}${other}, please`);
    }
  });

  it('is none in a pension number, which begins like one', () => {
    for (const number of ['549-588-019 51', '811-332-270 47', '890-451-680-29'])
      assert.equal(redactor.text(`note: ${number}, paid`), 'note: ****, paid');
  });

  it('is none when its groups, its neighbours or its word say what it is', () => {
    for (const text of lookAlikes) assert.equal(redactor.text(text), text);
  });
});
