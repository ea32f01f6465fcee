import { type Company, checksOf, chooseServiceUrls, startCompany } from '@hallmark/company';
import { type Stack, startStack } from '@hallmark/stack';
import { ROOT } from './attributes.js';

/** Where the services print while the catalogue's programs run. */
export const LOG_FOLDER = `${ROOT}.hallmark/logs`;

/** A part that is away for a few seconds only is to be noticed. */
const CHECK_INTERVAL = '2s';

/** Starts the real parts and a company that can be made to fail, and ends all of it after the work or when `ending` fires. */
export async function withCompany(
  say: (line: string) => void,
  ending: AbortSignal,
  work: (stack: Stack, company: Company) => Promise<void>,
): Promise<void> {
  const serviceUrls = await chooseServiceUrls();
  const stack = await startStack({
    onProgress: say,
    signal: ending,
    envFile: `${ROOT}.hallmark/stack.env`,
    checks: checksOf(serviceUrls),
    collectorEnvironment: async (given) => ({ ...given, CHECK_INTERVAL }),
  });
  const end = () => void stack.stop().catch(() => undefined);
  ending.addEventListener('abort', end, { once: true });
  try {
    const company = await startCompany({
      run: stack.run,
      addresses: stack.env,
      logFolder: LOG_FOLDER,
      faults: true,
      serviceUrls,
      onProgress: say,
    });
    await work(stack, company);
  } finally {
    ending.removeEventListener('abort', end);
    await stack.stop();
  }
}
