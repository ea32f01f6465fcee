import { createHmac, randomBytes } from 'node:crypto';
import { CallFailed, Refusal, type StaffMember } from '@hallmark/foundation';
import type { NextFunction, Request, Response } from 'express';
import { cookieOf } from '../cookies.js';
import type { Form } from '../layout.js';
import type { StaffApi } from './api.js';

const COOKIE = 'staff-session';
const TOKEN_BYTES = 32;

export interface StaffSession extends Form {
  /** What the browser's cookie holds: the token of the API's session, or a random one before the log-in. */
  token: string;
  user: StaffMember | undefined;
}

/** Finds out who looks at the pages. The application itself keeps nothing: sessions are the API's. */
export function staffSessions(api: StaffApi) {
  return async (request: Request, response: Response, next: NextFunction) => {
    const token = cookieOf(request, COOKIE);
    if (token) response.locals.session = sessionOf(token, await userOf(api, token));
    else setStaffSession(request, response, randomBytes(TOKEN_BYTES).toString('base64url'));
    next();
  };
}

export function setStaffSession(request: Request, response: Response, token: string): void {
  response.locals.session = sessionOf(token, undefined);
  response.cookie(COOKIE, token, { httpOnly: true, sameSite: 'lax', secure: request.secure });
}

export function staffSessionOf(response: Response): StaffSession {
  return response.locals.session as StaffSession;
}

/** Who is logged in, with the token to act by. Throws a Refusal with status 401 where nobody is. */
export function memberOf(response: Response): StaffMember & { token: string } {
  const { token, user } = staffSessionOf(response);
  if (!user) throw new Refusal(401, 'please log in first');
  return { ...user, token };
}

// The token of forms follows from the session's: there is no second secret to keep.
function sessionOf(token: string, user: StaffMember | undefined): StaffSession {
  return { token, csrf: createHmac('sha256', token).update('csrf').digest('base64url'), user };
}

async function userOf(api: StaffApi, token: string): Promise<StaffMember | undefined> {
  try {
    return await api.current(token);
  } catch (error) {
    if (error instanceof CallFailed && error.status === 401) return undefined;
    throw error;
  }
}
