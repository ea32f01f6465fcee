import { randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, type OnProgress, type ProcessSpec, type Run, type SupervisedProcess } from '@hallmark/stack';
import { type CompanyUrls, hireStaff, type Staff } from 'customers';
import {
  ownVariables,
  SERVICE_NAMES,
  type ServiceName,
  type ServiceUrls,
  telemetryVariables,
} from './service-plans.js';

const DEMO_SERVICES = fileURLToPath(new URL('../../', import.meta.url));
const PASSED_ON = ['PATH', 'HOME', 'LANG', 'TZ', 'NODE_ENV', 'LOG_LEVEL'];
const STOP_TIMEOUT_MS = 12_000;

export interface CompanyOptions {
  /** The run that the services end with, e.g. a stack's. */
  run: Run;
  /** Where the parts are, as `startStack` says it. */
  addresses: Readonly<Record<string, string>>;
  /** Added to the environment of every service, and stronger than what it would have. */
  env?: Readonly<Record<string, string>>;
  /** Where `<service>.log` is written; default: `logs` in the run's folder. */
  logFolder?: string;
  /** Without the preload the services run as they are; default true. */
  instrumented?: boolean;
  /** Lets `switchOn` make services fail; default false: they have no such route. */
  faults?: boolean;
  /** Where the services are to listen; default: free ports. */
  serviceUrls?: ServiceUrls;
  onProgress?: OnProgress;
}

export interface Company {
  urls: CompanyUrls;
  /** Sellers and operators, who have their accounts and are logged in. */
  staff: Staff;
  serviceUrls: ServiceUrls;
  /** The processes as they are now; `restart` replaces one. */
  services: Readonly<Record<ServiceName, SupervisedProcess>>;
  /** Starts a service that has ended or was killed again, at its old address, and waits until it is healthy. */
  restart(name: ServiceName): Promise<void>;
  /** Makes a service fail for so many seconds, as its `PUT /faults/:name` offers; only in a company with `faults`. */
  switchOn(name: ServiceName, fault: string, seconds: number): Promise<void>;
  /** Stops the services one after the other, those that others call last. */
  stop(): Promise<void>;
}

/** Starts the jewellery company: seven services, each a process of its own under the preload, waits until all are healthy, and hires its staff. */
export async function startCompany(options: CompanyOptions): Promise<Company> {
  const { run, onProgress = () => {} } = options;
  const logFolder = options.logFolder ?? join(run.folder, 'logs');
  await mkdir(logFolder, { recursive: true });
  const serviceUrls = options.serviceUrls ?? (await chooseServiceUrls());
  const administratorPassword = randomBytes(24).toString('base64url');
  const faultsToken = randomBytes(24).toString('base64url');
  const faultsEnv = options.faults ? { FAULTS_TOKEN: faultsToken } : undefined;
  const services = {} as Record<ServiceName, SupervisedProcess>;
  const start = async (name: ServiceName) => {
    services[name] = await run.spawn(
      specOf(name, serviceUrls, administratorPassword, logFolder, {
        ...options,
        env: { ...faultsEnv, ...options.env },
      }),
    );
    onProgress(`${name} is up at ${serviceUrls[name]}`);
  };
  await Promise.all(SERVICE_NAMES.map((name) => rm(join(logFolder, `${name}.log`), { force: true })));
  // None needs another one to start, only to do its work.
  await Promise.all(SERVICE_NAMES.map(start));
  const urls = { shop: serviceUrls['internet-shop'], crm: serviceUrls.crm, mes: serviceUrls.mes };
  return {
    urls,
    staff: await hireStaff(urls, administratorPassword),
    serviceUrls,
    services,
    restart: start,
    async switchOn(name, fault, seconds) {
      const response = await fetch(`${serviceUrls[name]}/faults/${fault}`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${faultsToken}`, 'content-type': 'application/json' },
        body: JSON.stringify({ seconds }),
      });
      if (!response.ok) throw new Error(`${name} does not take the fault ${fault}: ${await response.text()}`);
    },
    async stop() {
      for (const name of SERVICE_NAMES.toReversed()) await services[name].stop();
    },
  };
}

function specOf(
  name: ServiceName,
  urls: ServiceUrls,
  administratorPassword: string,
  logFolder: string,
  options: CompanyOptions,
): ProcessSpec {
  const { addresses, env = {}, instrumented = true } = options;
  const surroundings = { urls, addresses, administratorPassword };
  return {
    name,
    command: process.execPath,
    args: [...(instrumented ? ['--require', 'instrumentation'] : []), 'dist/main.js'],
    cwd: join(DEMO_SERVICES, name),
    env: {
      ...passedOn(),
      PORT: new URL(urls[name]).port,
      ...ownVariables(name, surroundings),
      ...telemetryVariables(name, surroundings),
      ...env,
    },
    logFile: join(logFolder, `${name}.log`),
    ready: async () => (await fetch(`${urls[name]}/health`)).ok,
    stopTimeoutMs: STOP_TIMEOUT_MS,
  };
}

/** A free port for each service, to be told to the stack before they start. */
export async function chooseServiceUrls(): Promise<ServiceUrls> {
  const ports = new Set<number>();
  const urls = {} as Record<ServiceName, string>;
  for (const name of SERVICE_NAMES) {
    const port = await freePort(ports);
    ports.add(port);
    urls[name] = `http://127.0.0.1:${port}`;
  }
  return urls;
}

/** What a stack is told, so that its collector asks the services whether they answer. */
export function checksOf(urls: ServiceUrls): string[] {
  return Object.entries(urls).map(([name, url]) => `${url}/health#${name}`);
}

function passedOn(): NodeJS.ProcessEnv {
  return Object.fromEntries(PASSED_ON.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
}
