import type { Database, LoggedEvent, Logger } from '@hallmark/foundation';
import { Refusal } from '@hallmark/foundation';
import { cookieOf } from '@hallmark/pages';
import type { NextFunction, Request, Response } from 'express';
import { findSession, openSession, SESSION_COOKIE, SESSION_MS, type Session } from './sessions.js';
import type { User } from './users.js';

/** Gives each visitor a session, and logs who comes and what is looked at. */
export function visits(database: Database, logger: Logger) {
  return async (request: Request, response: Response, next: NextFunction) => {
    const address = { 'client.address': request.ip };
    const token = cookieOf(request, SESSION_COOKIE);
    let session = token ? await findSession(database, token) : undefined;
    if (!session) {
      session = await openSession(database);
      setSession(request, response, session);
      logger.info('site entered', { event: 'site.entered', ...address } satisfies LoggedEvent);
    }
    response.locals.session = session;
    if (request.method === 'GET') {
      const path = { 'url.path': request.path };
      logger.info('page viewed', { event: 'page.viewed', ...address, ...path } satisfies LoggedEvent);
      const referer = withoutQuery(request.get('referer'));
      if (referer) {
        logger.info('link followed', {
          event: 'link.followed',
          ...address,
          ...path,
          'http.request.header.referer': referer,
        } satisfies LoggedEvent);
      }
    }
    next();
  };
}

export function setSession(request: Request, response: Response, session: Session): void {
  response.locals.session = session;
  const secure = request.secure;
  response.cookie(SESSION_COOKIE, session.token, { httpOnly: true, sameSite: 'lax', secure, maxAge: SESSION_MS });
}

export function sessionOf(response: Response): Session {
  return response.locals.session as Session;
}

/** Who is logged in. Throws a Refusal with status 401 where nobody is. */
export function userOf(response: Response): User {
  const { user } = sessionOf(response);
  if (!user) throw new Refusal(401, 'please log in first');
  return user;
}

// A query may hold what somebody typed into a form of another site.
function withoutQuery(referer: string | undefined): string | undefined {
  return referer?.split(/[?#]/, 1)[0];
}
