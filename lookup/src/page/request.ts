import { isKept } from '../command/times.js';

/** A request that the page itself would not have made; the message says what would be right. */
export class BadRequest extends Error {
  override name = 'BadRequest';
}

export interface Window {
  readonly since?: Date;
  readonly until?: Date;
}

const unitsMs = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** The window that a request names: `since=24h`, or `from` and `to` as ISO 8601. @throws BadRequest */
export function windowIn(parameters: URLSearchParams, now: Date): Window {
  const since = parameters.get('since');
  if (since !== null) {
    const [, number, unit] = /^(\d{1,5})([mhd])$/.exec(since) ?? [];
    if (number === undefined)
      throw new BadRequest(`'${since.slice(0, 40)}' is no window; right would be 15m, 24h or 30d`);
    return {
      since: kept('since', since, new Date(now.getTime() - Number(number) * unitsMs[unit as keyof typeof unitsMs])),
    };
  }
  const from = momentIn(parameters, 'from');
  const to = momentIn(parameters, 'to');
  if (from && to && from > to) throw new BadRequest('the window ends before it begins: to= must be after from=');
  return { ...(from && { since: from }), ...(to && { until: to }) };
}

function momentIn(parameters: URLSearchParams, name: string): Date | undefined {
  const text = parameters.get(name);
  if (text === null) return undefined;
  const moment = new Date(text);
  if (Number.isNaN(moment.getTime())) {
    throw new BadRequest(`${name}='${text.slice(0, 40)}' is no moment; right would be 2026-11-21T01:40:00Z`);
  }
  return kept(name, text, moment);
}

function kept(name: string, text: string, moment: Date): Date {
  if (isKept(moment)) return moment;
  throw new BadRequest(`${name}='${text.slice(0, 40)}' is outside of 1970-01-01 to 2262-04-11, where no records are`);
}
