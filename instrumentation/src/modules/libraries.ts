import type { Instrumentation, InstrumentationConfig } from '@opentelemetry/instrumentation';

export type InstrumentationClass = new (config?: InstrumentationConfig) => Instrumentation;

/** A library that can be instrumented, brought in when one of its modules is first required or imported. */
export interface Library {
  /** Its name in OTEL_NODE_ENABLED_INSTRUMENTATIONS and OTEL_NODE_DISABLED_INSTRUMENTATIONS. */
  readonly name: string;
  /** Packages and built-in modules that bring it in. None: it watches something that is always there. */
  readonly modules: readonly string[];
  readonly load: () => InstrumentationClass;
}

/** Makes as many spans as there are files, look-ups and sockets, or metrics, which are not sent: only when asked for. */
export const offByDefault: ReadonlySet<string> = new Set(['dns', 'fs', 'host-metrics', 'net', 'runtime-node']);

/**
 * Every library of `@opentelemetry/auto-instrumentations-node` (a test compares the two). `require` of a literal is what
 * esbuild bundles so that the instrumentation's code is evaluated only when `load` is called.
 */
export const libraries: readonly Library[] = [
  { name: 'amqplib', modules: ['amqplib'], load: () => require('./amqplib.js').AmqplibWithMessageIds },
  {
    name: 'aws-lambda',
    modules: [],
    load: () => require('@opentelemetry/instrumentation-aws-lambda').AwsLambdaInstrumentation,
  },
  {
    name: 'aws-sdk',
    modules: [
      '@aws-sdk/middleware-stack',
      '@smithy/middleware-stack',
      '@smithy/core',
      '@aws-sdk/smithy-client',
      '@smithy/smithy-client',
    ],
    load: () => require('@opentelemetry/instrumentation-aws-sdk').AwsInstrumentation,
  },
  {
    name: 'bunyan',
    modules: ['bunyan'],
    load: () => require('@opentelemetry/instrumentation-bunyan').BunyanInstrumentation,
  },
  {
    name: 'cassandra-driver',
    modules: ['cassandra-driver'],
    load: () => require('@opentelemetry/instrumentation-cassandra-driver').CassandraDriverInstrumentation,
  },
  {
    name: 'connect',
    modules: ['connect'],
    load: () => require('@opentelemetry/instrumentation-connect').ConnectInstrumentation,
  },
  {
    name: 'cucumber',
    modules: ['@cucumber/cucumber'],
    load: () => require('@opentelemetry/instrumentation-cucumber').CucumberInstrumentation,
  },
  {
    name: 'dataloader',
    modules: ['dataloader'],
    load: () => require('@opentelemetry/instrumentation-dataloader').DataloaderInstrumentation,
  },
  {
    name: 'dns',
    modules: ['dns', 'dns/promises'],
    load: () => require('@opentelemetry/instrumentation-dns').DnsInstrumentation,
  },
  {
    name: 'express',
    modules: ['express'],
    load: () => require('@opentelemetry/instrumentation-express').ExpressInstrumentation,
  },
  {
    name: 'fs',
    modules: ['fs', 'fs/promises'],
    load: () => require('@opentelemetry/instrumentation-fs').FsInstrumentation,
  },
  {
    name: 'generic-pool',
    modules: ['generic-pool'],
    load: () => require('@opentelemetry/instrumentation-generic-pool').GenericPoolInstrumentation,
  },
  {
    name: 'graphql',
    modules: ['graphql'],
    load: () => require('@opentelemetry/instrumentation-graphql').GraphQLInstrumentation,
  },
  {
    name: 'grpc',
    modules: ['@grpc/grpc-js'],
    load: () => require('@opentelemetry/instrumentation-grpc').GrpcInstrumentation,
  },
  {
    name: 'hapi',
    modules: ['@hapi/hapi'],
    load: () => require('@opentelemetry/instrumentation-hapi').HapiInstrumentation,
  },
  {
    name: 'host-metrics',
    modules: [],
    load: () => require('@opentelemetry/instrumentation-host-metrics').HostMetricsInstrumentation,
  },
  {
    name: 'http',
    modules: ['http', 'https'],
    load: () => require('./http-server.js').HttpWithOwnServer,
  },
  {
    name: 'ioredis',
    modules: ['ioredis'],
    load: () => require('@opentelemetry/instrumentation-ioredis').IORedisInstrumentation,
  },
  {
    name: 'kafkajs',
    modules: ['kafkajs'],
    load: () => require('@opentelemetry/instrumentation-kafkajs').KafkaJsInstrumentation,
  },
  { name: 'knex', modules: ['knex'], load: () => require('@opentelemetry/instrumentation-knex').KnexInstrumentation },
  { name: 'koa', modules: ['koa'], load: () => require('@opentelemetry/instrumentation-koa').KoaInstrumentation },
  {
    name: 'lru-memoizer',
    modules: ['lru-memoizer'],
    load: () => require('@opentelemetry/instrumentation-lru-memoizer').LruMemoizerInstrumentation,
  },
  {
    name: 'memcached',
    modules: ['memcached'],
    load: () => require('@opentelemetry/instrumentation-memcached').MemcachedInstrumentation,
  },
  {
    name: 'mongodb',
    modules: ['mongodb'],
    load: () => require('@opentelemetry/instrumentation-mongodb').MongoDBInstrumentation,
  },
  {
    name: 'mongoose',
    modules: ['mongoose'],
    load: () => require('@opentelemetry/instrumentation-mongoose').MongooseInstrumentation,
  },
  {
    name: 'mysql',
    modules: ['mysql'],
    load: () => require('@opentelemetry/instrumentation-mysql').MySQLInstrumentation,
  },
  {
    name: 'mysql2',
    modules: ['mysql2'],
    load: () => require('@opentelemetry/instrumentation-mysql2').MySQL2Instrumentation,
  },
  {
    name: 'nestjs-core',
    modules: ['@nestjs/core'],
    load: () => require('@opentelemetry/instrumentation-nestjs-core').NestInstrumentation,
  },
  { name: 'net', modules: ['net'], load: () => require('@opentelemetry/instrumentation-net').NetInstrumentation },
  {
    name: 'openai',
    modules: ['openai'],
    load: () => require('@opentelemetry/instrumentation-openai').OpenAIInstrumentation,
  },
  {
    name: 'oracledb',
    modules: ['oracledb'],
    load: () => require('@opentelemetry/instrumentation-oracledb').OracleInstrumentation,
  },
  {
    name: 'pg',
    modules: ['pg', 'pg-pool'],
    load: () => require('./pg.js').PgWithQueryObjects,
  },
  { name: 'pino', modules: ['pino'], load: () => require('../pino/bridge.js').PinoBridge },
  {
    name: 'redis',
    modules: ['redis', '@redis/client', '@node-redis/client'],
    load: () => require('@opentelemetry/instrumentation-redis').RedisInstrumentation,
  },
  {
    name: 'restify',
    modules: ['restify'],
    load: () => require('@opentelemetry/instrumentation-restify').RestifyInstrumentation,
  },
  {
    name: 'router',
    modules: ['router'],
    load: () => require('@opentelemetry/instrumentation-router').RouterInstrumentation,
  },
  {
    name: 'runtime-node',
    modules: [],
    load: () => require('@opentelemetry/instrumentation-runtime-node').RuntimeNodeInstrumentation,
  },
  {
    name: 'socket.io',
    modules: ['socket.io'],
    load: () => require('@opentelemetry/instrumentation-socket.io').SocketIoInstrumentation,
  },
  {
    name: 'tedious',
    modules: ['tedious'],
    load: () => require('@opentelemetry/instrumentation-tedious').TediousInstrumentation,
  },
  { name: 'undici', modules: [], load: () => require('@opentelemetry/instrumentation-undici').UndiciInstrumentation },
  { name: 'winston', modules: ['winston'], load: () => require('../winston/instrumentation.js').WinstonBridge },
];
