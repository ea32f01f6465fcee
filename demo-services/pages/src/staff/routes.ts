import { CallFailed, type LoggedEvent, type Logger, readInput } from '@hallmark/foundation';
import express, { type Response, Router } from 'express';
import { z } from 'zod';
import { requireCsrf } from '../csrf.js';
import type { StaffApi } from './api.js';
import { accountForm, logInForm, staffPage, usersContent } from './pages.js';
import { memberOf, setStaffSession, staffSessionOf } from './session.js';

const text = z.string().max(200);
const logIn = z.object({ login: text, password: text });
const newMember = z.object({ login: text, name: text, password: text });
const change = z.object({ name: text, password: text });

/** Log-in, log-out, the own account, and the accounts of others, which only the administrator makes. */
export function staffAccountRoutes(brand: string, api: StaffApi, logger: Logger): Router {
  const routes = Router();
  routes.use(express.urlencoded({ extended: false, limit: '20kb' }));
  const logInPage = (response: Response, error?: string) => {
    const session = staffSessionOf(response);
    return staffPage({ brand, title: 'Log in', session, content: logInForm(session, error) });
  };

  routes.get('/', (_request, response) => void response.redirect(303, '/orders'));
  routes.get('/login', (_request, response) => void response.send(logInPage(response)));
  routes.post('/login', async (request, response) => {
    requireCsrf(staffSessionOf(response), request.body?.csrf);
    const { login, password } = readInput(logIn, request.body);
    try {
      // A new token at each log-in: who planted a cookie before it gains nothing.
      const { token, user } = await api.logIn(login, password);
      setStaffSession(request, response, token);
      logger.info('user logged in', { event: 'user.logged_in', 'user.id': user.userId } satisfies LoggedEvent);
      response.redirect(303, '/orders');
    } catch (error) {
      if (!(error instanceof CallFailed) || error.status !== 401) throw error;
      const about = { event: 'user.login_failed', 'user.id': 'unknown', 'client.address': request.ip };
      logger.warn('log-in failed', about);
      response.status(401).send(logInPage(response, 'The log-in name or the password is wrong.'));
    }
  });

  routes.post('/logout', async (request, response) => {
    const session = staffSessionOf(response);
    requireCsrf(session, request.body?.csrf);
    const { userId, token } = memberOf(response);
    await api.logOut(token);
    logger.info('user logged out', { event: 'user.logged_out', 'user.id': userId } satisfies LoggedEvent);
    response.clearCookie('staff-session').redirect(303, '/login');
  });

  routes.get('/account', (_request, response) => {
    memberOf(response);
    const session = staffSessionOf(response);
    response.send(staffPage({ brand, title: 'Account', session, content: accountForm(session) }));
  });
  routes.post('/account', async (request, response) => {
    requireCsrf(staffSessionOf(response), request.body?.csrf);
    const { userId, token } = memberOf(response);
    const { name, password } = readInput(change, request.body);
    const fields = await api.update(token, { ...(name && { name }), ...(password && { password }) });
    for (const field of fields) {
      logger.info(`user updated: ${field}`, { event: 'user.updated', 'user.id': userId, 'change.field': field });
    }
    response.redirect(303, '/account');
  });

  routes.get('/users', async (_request, response) => {
    const users = await api.list(memberOf(response).token);
    const session = staffSessionOf(response);
    response.send(staffPage({ brand, title: 'Users', session, content: usersContent(session, users) }));
  });
  routes.post('/users', async (request, response) => {
    requireCsrf(staffSessionOf(response), request.body?.csrf);
    const user = await api.create(memberOf(response).token, readInput(newMember, request.body));
    logger.info('user created', { event: 'user.created', 'user.id': user.userId } satisfies LoggedEvent);
    response.redirect(303, '/users');
  });
  return routes;
}
