import assert from 'node:assert/strict';
import { loadPhones, readPolicy } from './files.js';
import { compilePolicy } from './redactor.js';
import { redactRecord } from './telemetry.js';

const redactor = compilePolicy(readPolicy(), { loadPhones });

const personal: Record<string, [text: string, clean: string][]> = {
  'card numbers, by their checksum or their written form': [
    ['paid with 4111 1111 1111 1111.', 'paid with ****1111.'],
    ['4111111111111111', '****1111'],
    ['card-5500-0055-5555-5559 refused', 'card-****5559 refused'],
    ['amex 3782 822463 10005', 'amex ****0005'],
    ['МИР 2200123456789019', 'МИР ****9019'],
    ['٤١١١١١١١١١١١١١١١', '****1111'],
    ['4111_1111_1111_1111', '****1111'],
    ['4111|1111|1111|1111', '****1111'],
    ['3782,822463,10005', '****0005'],
    ['2200 7001 2345 6789', '****6789'],
  ],
  'phone numbers, Russian and international, as written': [
    ['+7 916 123-45-67', '****'],
    ['звонить 8 (916) 123-45-67 после шести', 'звонить **** после шести'],
    ['89161234567', '****'],
    ['GET /users/79161234567 Valid 89161234567', 'GET /users/**** Valid ****'],
    ['(8(916)123-45-67)', '(****)'],
    ['79161234567 called', '**** called'],
    ['phone 79161234567', 'phone ****'],
    ['call (415) 555-2671', 'call ****'],
    ['+44 20 7946 0958', '****'],
    ['020 7946 0958', '****'],
    ['тел. 123-45-67', 'тел. ****'],
    ['payload={"note":"+90 501 234 56 78"}', 'payload={"note":"****"}'],
    ['phone of the customer 1234567', 'phone of the customer ****'],
    ['{ID:7 Note:0049 30 1268567 Ok:true}', '{ID:7 Note:**** Ok:true}'],
  ],
  'mail addresses in any script and encoding; the domain stays': [
    ['from ivan.petrov+shop@example.com to us', 'from ****@example.com to us'],
    ['иван@почта.рф', '****@почта.рф'],
    ['/find?q=ivan%40example.com&page=2', '/find?q=****@example.com&page=2'],
    ['"ivan\\u0040example.com"', '"****@example.com"'],
    ['to=ivan+ring=2@sub.example.com', 'to=****@sub.example.com'],
    ['q=ivan+ring=2@example.com&a=b', 'q=****@example.com&a=b'],
    ['/x?to=ivan%2Bring%3D2%40example.com', '/x?to=****@example.com'],
    ['bounce+ivan=example.org@lists.example.com', '****@lists.example.com'],
    ['/uploads/ivan@example.com.json', '/uploads/****@example.com.json'],
  ],
  'documents and bank accounts': [
    ['ИНН 7707083893', 'ИНН ****'],
    ['500100732259', '****'],
    ['112-233-445 95', '****'],
    ['паспорт 4509 123456 выдан', 'паспорт **** выдан'],
    ['passport C01X00T47', 'passport ****'],
    ['GB82 WEST 1234 5698 7654 32', '****5432'],
    ['40817810099910004312', '****'.concat('4312')],
    ['SSN 123-45-6789', 'SSN ****'],
    ["driver's license: B7654321", "driver's license: ****"],
    ["$2 = 'driver''s license: B7654321'", "$2 = 'driver''s license: ****'"],
    ['driver’s license: B7654321', 'driver’s license: ****'],
  ],
  'postal addresses': [
    ['доставка: г. Москва, ул. Ленина, д. 5, кв. 12', 'доставка: ****'],
    ['Невский проспект, 28', '****'],
    ['ship to 221B Baker Street, London NW1 6XE', 'ship to ****'],
    ['Hauptstraße 12, 10115 Berlin', '****'],
    ['"GET /find?q=742%20Evergreen%20Terrace%2C%20Springfield HTTP/1.1"', '"GET /find?q=**** HTTP/1.1"'],
    ['12 Elm Street, Leeds Server unreachable', '**** Server unreachable'],
  ],
  'tokens, passwords and credentials': [
    ['Authorization: Bearer abc123def456', 'Authorization: ****'],
    ['got Bearer abc123def456 instead', 'got Bearer **** instead'],
    ['key AKIAIOSFODNN7EXAMPLE', 'key ****'],
    [
      `https://api.telegram.org/bot123456789:AA${'x1_-Z'.repeat(7).slice(2)}/sendMessage`,
      'https://api.telegram.org/****/sendMessage',
    ],
    ['got Authorization: ApiKey xDfPHkupNYZE== twice', 'got Authorization: **** twice'],
    ['Authorization: GoogleLogin auth=DQAAAGgA, x=1', 'Authorization: ****'],
    ['proxy-authorization: Key abc123def, retry', 'proxy-authorization: ****, retry'],
    ['got Cookie: theme=dark; lang=ru; basket=uMRBgV twice', 'got Cookie: **** twice'],
    ['{"id":7,"note":"Cookie: a=b; basket=uMRBgV","x":1}', '{"id":7,"note":"Cookie: ****","x":1}'],
    [
      'x Set-Cookie: a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Path=/, b=uMRBgV; HttpOnly, ok',
      'x Set-Cookie: ****, ok',
    ],
    ['(Cookie: a=b; c=d)', '(Cookie: ****)'],
    ['/x?cookie=a1b2&page=2', '/x?cookie=****&page=2'],
    ['postgres://shop:secret@localhost:5432/shop', 'postgres://****@localhost:5432/shop'],
    ['login failed, password=hunter2&next=/', 'login failed, password=****&next=/'],
    ['run curl -s -u ivan:hunter2 https://x', 'run curl -s -u ivan:**** https://x'],
    ['mysqldump -u root -phunter2 shop', 'mysqldump -u root -p**** shop'],
    ['1339518083.107412 [0 127.0.0.1:60866] "AUTH" "hunter2"', '1339518083.107412 [0 127.0.0.1:60866] "AUTH" "****"'],
    ['AUTH default hunter2', 'AUTH default ****'],
    ['your new password is hunter2.', 'your new password is ****.'],
    ['mysql --password hunter2 --port 3306', 'mysql --password **** --port 3306'],
    ['["--db-password","hunter2","--port","80"]', '["--db-password","****","--port","80"]'],
    ['POST https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX 200', 'POST https://**** 200'],
    ['shpat_0123456789abcdef0123456789abcdef', '****'],
    ['AccountName=a;AccountKey=Zm9vYmFy==;x=1', 'AccountName=a;AccountKey=****;x=1'],
    ["password='it''s secret' sslmode=require", "password='****' sslmode=require"],
    ["{'password': u'hunter2'}", "{'password': u'****'}"],
    ['<user phone="12" password="a>b"/> saved', '<user phone="****" password="****"/> saved'],
    ['<ns:Password type="x">hunter2</ns:Password>', '<ns:Password type="x">****</ns:Password>'],
    ['Authorization: Digest username="ivan", response="6629fae4"', 'Authorization: ****'],
    ['{"authorization":"Digest username=\\"ivan\\", response=\\"66\\"","x":1}', '{"authorization":"****","x":1}'],
    ['jdbc:oracle:thin:scott/tiger@//db:1521/ORCL', 'jdbc:oracle:thin:****@//db:1521/ORCL'],
    ['Key (phone)=(79161234567) exists', 'Key (phone)=(****) exists'],
    ["spawn [ '--api-key', 'k 1' ]", "spawn [ '--api-key', '****' ]"],
  ],
  'listed keys inside of a text': [
    ['{"customer":{"phone":"12345"},"id":7}', '{"customer":{"phone":"****"},"id":7}'],
    ['{\\"password\\":\\"a\\\\\\"b\\",\\"id\\":7}', '{\\"password\\":\\"****\\",\\"id\\":7}'],
    ['{"customer":{"phone":"1234', '{"customer":{"phone":"****'],
    ['first_name=Ivan&last_name=Petrov', 'first_name=****&last_name=****'],
    ['Key (email)=(ivan@x.ru) already exists.', 'Key (email)=(****@x.ru) already exists.'],
    ['{"field":"phone","old":"12","new":"34"}', '{"field":"phone","old":"****","new":"****"}'],
    [
      'phone[eq]=12&filter[email][like]=ivan&user[phone]=34',
      'phone[eq]=****&filter[email][like]=****&user[phone]=****',
    ],
    ['form-data; name="password"\r\n\r\na b\r\n--x', 'form-data; name="password"\r\n\r\n****\r\n--x'],
    ['form-data; name="note"\r\n\r\na b\r\n--x', 'form-data; name="note"\r\n\r\na b\r\n--x'],
    ['recipient[name]=Ivan&order[customer][first_name]=Ivan', 'recipient[name]=****&order[customer][first_name]=****'],
    ['a%5Brecipient%5D%5Bname%5D%5Blike%5D=Ivan&b=2', 'a%5Brecipient%5D%5Bname%5D%5Blike%5D=****&b=2'],
    [`body["recipient"]['name'] = 'Ivan'`, `body["recipient"]['name'] = '****'`],
    ['password: Some("a b"), id: 7', 'password: ****, id: 7'],
    [
      'User { password: Some(Secret("a b")), token: Optional[a1], id: 7 }',
      'User { password: ****, token: ****, id: 7 }',
    ],
    ['exec: run --р/с ab12 --fast', 'exec: run --р/с **** --fast'],
    ['password = """a b"""', 'password = """****"""'],
    ['DOB: Feb 1, 1990; born', 'DOB: ****; born'],
    ['address=Kazan, Baumana 5&x=1 address=Kazan order=5', 'address=****&x=1 address=**** order=5'],
    ['User(password=hun(ter2, id=5) password=a{b}', 'User(password=****, id=5) password=****}'],
    ['userPassword:: aHVudGVyMg==', 'userPassword:: ****'],
    ["ALTER ROLE shop PASSWORD 'a b'", 'ALTER ROLE shop PASSWORD ?'],
    ["{ Field: 'phone', Old: '12', newValue: '34' }", "{ Field: 'phone', Old: '****', newValue: '****' }"],
  ],
};

const lookAlikes = [
  'ORD-7K2ABCDE45',
  'order 1234567890 paid by card',
  '4bf92f3577b34da6a3ce929d0e0e4736',
  '550e8400-e29b-41d4-a716-446655440000',
  '1763688000123456789',
  '2026-11-21T01:24:09.123+03:00',
  '0.4111111111111111',
  'price 1234567.89, 200000 polygons, took 1234 ms',
  '10.250.19.102:54106 dest: /10.250.19.102:50010',
  'at Object.<anonymous> (/app/node_modules/pg/lib/client.js:526:17)',
  'rabbit@hostname runs winston@3.19.0',
  'password changed, basic authentication failed',
  'SELECT id FROM orders WHERE id = $1',
  'order 79161234567',
  'price 79161234567',
  'Key (order_id)=(79161234567) exists, offset 79161234567, Content-Length: 79161234567',
  'OrderID: 89161234567, orderId=79161234567, GET /orders/79161234567/items',
  'matrix 1234 4567 8901 2345 6789',
  '3 Way Handshake Close, Queue 5 Worker Lane 2',
  '{"order":79161234567,"id":89161234567}',
  '1234 5678 9012 3456',
  '1111 2341 2341 2346',
  '4111_1111_1111_1112',
  '1_4111_1111_1111_1111',
  'logo@2x.png icon@1.5x.webp getty@tty1.service user@1000.service',
  'lodash@4.17.21 @scope/pkg@1.2.3 next@15.0.0-canary.abc git@github.com:org/repo.git',
  '12 Retry Attempts Then Connection Close',
  'HTTP/1.1 200 OK Connection Close',
  '5 Keep Alive Drive',
  'token_type=bearer expires_in=3600',
  'mac address 14:8b:83:d0:47:ac joined',
  'sudo: deploy : TTY=pts/0 ; PWD=/srv/app ; USER=root',
  "Access denied for user 'app' (using password: YES)",
  'Unexpected token : in JSON at position 32',
  '{"address":"10.0.0.1:5432"} address=:::3000, mac_address=00:1A:2B:3C:4D:5E',
  'the option --password is required, --token needs a value, --no-password next',
  'usage: tool --password <password> --token [token]',
  'phone_verified=true has_password=true. Saved, /search/has_password=false/page',
  'address family not supported, bind address 0.0.0.0:8080. Stopped, address 10.0.0.1:80, ok',
  'order[status]=approved&page[number]=2&items[0][name]=ring',
  'took 00:00:00.492 25746, at 10:0049 30 12',
  'q=%5B49617%3A0x44%5D+++9161234567+ms',
  '200 OK Keep Alive Close, 12 Worker Lane Timeout',
  'ssh -p2222 host, curl -u, AUTH LOGIN PLAIN, "AUTH failed", mysql -p shop, the password is too-short for us',
  '/find?q=the%20option%20--password%20is%20required&page=2,b=2 password is required,b=2, password is 8 signs or more',
  '081109 203615 148 INFO dfs.DataNode: block blk_38865049064139660 terminating',
];

/** With a valid Luhn checksum and the first digit of Visa, which had cards of 13 digits: one number in a hundred is like them. */
const thirteenDigits = [
  '4006381000093',
  'EAN 4006381000192',
  'SKU 4647733662831 reserved x7',
  'unlink /var/lib/app/tmp/4531080471402.part',
  'GET /files/4517069349891/preview',
  'at 1763688000009 ms',
];

describe('redactor', () => {
  for (const [what, cases] of Object.entries(personal)) {
    it(`masks ${what}`, () => {
      for (const [text, clean] of cases) assert.equal(redactor.text(text), clean);
    });
  }

  it('leaves look-alikes as they are', () => {
    for (const text of lookAlikes) assert.equal(redactor.text(text), text);
  });

  it('takes a number of 13 digits for a card unless its checksum, its word or its place says what else it is', () => {
    for (const text of thirteenDigits) assert.equal(redactor.text(text), text);
    assert.equal(redactor.text('4222222222222'), '****2222');
    assert.equal(
      redactor.text('customer wrote: 4222222222222, please check'),
      'customer wrote: ****2222, please check',
    );
    assert.equal(redactor.text('card 4647733662831 declined'), 'card ****2831 declined');
    assert.equal(redactor.text('card of the customer: 4006381000291'), 'card of the customer: ****0291');
  });

  it('looks into a text that only begins like an id', () => {
    const uuid = '550e8400-e29b-41d4-a716-446655440000';
    for (const [text, clean] of [
      [`${uuid} 4111 1111 1111 1111`, `${uuid} ****1111`],
      [`pin--1234`, 'pin--****'],
      [`${uuid.slice(0, -1)}@`, `${uuid.slice(0, -1)}@`],
      ['NO9386011117947', '****7947'],
      ['12345678Z', '****'],
      ['ORD-4111111111', 'ORD-4111111111'],
      ['Ivan-Ж 4111111111111111', 'Ivan-Ж ****1111'],
      [`${'x'.repeat(300)} 4111111111111111`, `${'x'.repeat(300)} ****1111`],
      [`${'ж'.repeat(200)} 4111111111111111`, `${'ж'.repeat(200)} ****1111`],
    ] as const)
      assert.equal(redactor.text(text), clean);
  });

  it('changes nothing when it is run on its own result', () => {
    for (const [text] of Object.values(personal).flat()) {
      const once = redactor.text(text);
      assert.equal(redactor.text(once), once);
    }
  });

  it('takes time in proportion to the length, whatever the text', function () {
    this.timeout(120_000);
    const seeds = [
      '1',
      '1 ',
      '@',
      'a@b.',
      '{"a":',
      '[',
      '\\',
      '%25',
      'password=',
      'name=',
      'eyJ-',
      'phone 12345 ',
      '12 Aa Bb St ',
      "select ' from ",
    ];
    for (const seed of seeds) {
      const text = seed.repeat(Math.ceil(1_000_000 / seed.length));
      const before = process.cpuUsage().user;
      redactor.text(text);
      const seconds = (process.cpuUsage().user - before) / 1e6;
      assert.ok(seconds < 5, `1 MB of '${seed}' took ${seconds} s of CPU`);
    }
  });

  it('masks and counts alike whatever the mask is, and once', () => {
    const text = 'card 4111111111111111, ivan@example.com, password=hunter2, phone +7 916 123-45-67';
    const record = { 'user.phone': '+7 916 123-45-67', 'user.email': '+ivan@example.com', password: '-x', note: text };
    for (const mask of ['****', '#', '+', '-', '?', '[]']) {
      const masking = compilePolicy({ ...readPolicy(), mask }, { loadPhones });
      const first = redactRecord(masking, record);
      assert.deepEqual(first.record, {
        'user.phone': mask,
        'user.email': `${mask}@example.com`,
        password: mask,
        note: `card ${mask}1111, ${mask}@example.com, password=${mask}, phone ${mask}`,
      });
      assert.deepEqual(Object.fromEntries(first.counts), { phone: 2, email: 2, password: 2, card: 1 });
      assert.equal(redactRecord(masking, first.record).counts.size, 0, mask);
    }
    assert.equal(redactRecord(redactor, { password: '****hunter2' }).record.password, '****');
  });

  it('masks and tells once where a hash has no key, and gives one hash for one value with it', () => {
    let told = 0;
    const policy = readPolicy();
    const hashing = {
      ...policy,
      kinds: { ...policy.kinds, phone: { ...policy.kinds.phone, about: 'phones', replace: 'hash' as const } },
    };
    const keyless = compilePolicy(hashing, { loadPhones, onMissingKey: () => told++ });
    assert.equal(keyless.text('+7 916 123-45-67, +7 916 765-43-21'), '****, ****');
    assert.equal(told, 1);
    const keyed = compilePolicy(hashing, { loadPhones, hmacKey: 'k'.repeat(32) });
    const first = keyed.text('+7 916 123-45-67');
    assert.match(first, /^hmac:[0-9a-f]{32}$/);
    for (const text of ['session_id=abc123zz', '/x?sid=abc123zz&a=1', '{"session_id":"abc123zz"}']) {
      assert.ok(!redactor.text(text).includes('abc123zz'), text);
      assert.match(keyed.text(text), /hmac:[0-9a-f]{32}/);
    }
    assert.equal(keyed.text('+7(916)1234567'), first);
    assert.equal(keyed.text(first), first);
  });
});
