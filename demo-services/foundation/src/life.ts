import type { Logger } from './logger.js';

const STOP_TIMEOUT_MS = 10_000;

/** What a running service holds. Whoever acquires something registers its release in the same place. */
export interface Life {
  /** Registers a release. Releases run in reverse order when the service stops. */
  onStop(what: string, release: () => Promise<void> | void): void;
}

interface Release {
  what: string;
  release: () => Promise<void> | void;
}

/**
 * Runs a service until SIGTERM or SIGINT: what `start` acquired is released in reverse order, then the process ends
 * by itself. A start that fails releases what it had and ends with exit code 1.
 */
export async function runService(logger: Logger, start: (life: Life) => Promise<void>): Promise<void> {
  const releases: Release[] = [];
  const life: Life = { onStop: (what, release) => releases.push({ what, release }) };
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= releaseAll(releases, logger);
    return stopping;
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  try {
    await start(life);
  } catch (error) {
    logger.error('the service could not start', { error });
    process.exitCode = 1;
    await stop();
  }
}

async function releaseAll(releases: Release[], logger: Logger): Promise<void> {
  // A drain that hangs (a peer that never closes) must not keep the process for ever.
  setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref();
  for (const { what, release } of releases.reverse()) {
    try {
      await release();
    } catch (error) {
      process.exitCode = 1;
      logger.error(`${what} could not be stopped in order`, { error });
    }
  }
}
