const TIMEOUT_MS = 2_000;

/**
 * Asks the broker to write down each message that is published and delivered, without its content. It keeps that over restarts.
 * False while its management door is not open yet.
 */
export async function traceTransfers(managementUrl: string, user: string, password: string): Promise<boolean> {
  const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const response = await fetch(`${managementUrl}/api/traces/%2f/transfers`, {
    method: 'PUT',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ format: 'json', pattern: '#', max_payload_bytes: 0 }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  return response.ok;
}
