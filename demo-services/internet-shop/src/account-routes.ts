import { type Database, type LoggedEvent, type Logger, readInput } from '@hallmark/foundation';
import { requireCsrf } from '@hallmark/pages';
import express, { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { logInPage, registerPage } from './pages/account.js';
import { closeSession, openSession } from './sessions.js';
import { checkLogIn, createUser, type User } from './users.js';
import { sessionOf, setSession } from './visit.js';

const email = z
  .string()
  .trim()
  .max(200)
  .regex(/^[^\s@]+@[^\s@]+$/, 'must be an e-mail address');
const registration = z.object({
  email,
  name: z.string().trim().min(1, 'must not be empty').max(100),
  password: z.string().min(10, 'must have 10 characters at least').max(200),
});
const logIn = z.object({ email, password: z.string().max(200) });

/** Registration, log-in and log-out. */
export function accountRoutes(database: Database, logger: Logger): Router {
  const routes = Router();
  routes.use(express.urlencoded({ extended: false, limit: '20kb' }));

  // A new session at each log-in: who planted a session's cookie before it gains nothing.
  const enter = async (request: Request, response: Response, user: User) => {
    await closeSession(database, sessionOf(response).token);
    setSession(request, response, await openSession(database, user));
    logger.info('user logged in', { event: 'user.logged_in', 'user.id': user.userId } satisfies LoggedEvent);
    response.redirect(303, '/orders');
  };

  routes.get('/register', (_request, response) => void response.send(registerPage(sessionOf(response))));
  routes.post('/register', async (request, response) => {
    requireCsrf(sessionOf(response), request.body?.csrf);
    const { email, name, password } = readInput(registration, request.body);
    const user = await createUser(database, email, name, password);
    logger.info('user created', { event: 'user.created', 'user.id': user.userId } satisfies LoggedEvent);
    await enter(request, response, user);
  });

  routes.get('/login', (_request, response) => void response.send(logInPage(sessionOf(response))));
  routes.post('/login', async (request, response) => {
    requireCsrf(sessionOf(response), request.body?.csrf);
    const { email, password } = readInput(logIn, request.body);
    const { user, userId } = await checkLogIn(database, email, password);
    if (user) return enter(request, response, user);
    logger.warn('log-in failed', {
      event: 'user.login_failed',
      'user.id': userId ?? 'unknown',
      'client.address': request.ip,
    } satisfies LoggedEvent);
    response.status(401).send(logInPage(sessionOf(response), 'The e-mail address or the password is wrong.'));
  });

  routes.post('/logout', async (request, response) => {
    const session = sessionOf(response);
    requireCsrf(session, request.body?.csrf);
    await closeSession(database, session.token);
    if (session.user)
      logger.info('user logged out', {
        event: 'user.logged_out',
        'user.id': session.user.userId,
      } satisfies LoggedEvent);
    setSession(request, response, await openSession(database));
    response.redirect(303, '/');
  });

  return routes;
}
