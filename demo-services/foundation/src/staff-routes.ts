import express, { type NextFunction, type Request, type Response, Router } from 'express';
import { z } from 'zod';
import type { Database } from './database.js';
import type { LoggedEvent, Logger } from './logger.js';
import { Refusal, readInput } from './refusal.js';
import {
  createStaff,
  findStaff,
  listStaff,
  logInStaff,
  logOutStaff,
  type StaffMember,
  updateStaff,
} from './staff-accounts.js';

const login = z.string().regex(/^[\w-]{1,64}$/, 'must be letters, digits, _ or -');
const name = z.string().trim().min(1, 'must not be empty').max(100);
const password = z.string().min(10, 'must have 10 characters at least').max(200);
const logIn = z.object({ login, password: z.string().max(200) });
const newMember = z.object({ login, name, password });
const change = z.object({ name: name.optional(), password: password.optional() });

/** Lets a request pass only with the token of a staff session (`Authorization: Bearer`); 401 without one. */
export function requireStaff(database: Database) {
  return async (request: Request, response: Response, next: NextFunction) => {
    const staff = await findStaff(database, tokenOf(request));
    if (!staff) throw new Refusal(401, 'log in first: this is for staff with a session');
    response.locals.staff = staff;
    next();
  };
}

/** Who asks, behind `requireStaff`. */
export function staffOf(response: Response): StaffMember {
  return response.locals.staff as StaffMember;
}

/** `/sessions`: log in, who am I, log out. `/users`: accounts, which the administrator makes and each member changes for themselves. */
export function staffRoutes(database: Database, logger: Logger): Router {
  const routes = Router();
  routes.use(express.json());
  const onlyStaff = requireStaff(database);

  routes.post('/sessions', async (request, response) => {
    const asked = readInput(logIn, request.body);
    const { session, userId } = await logInStaff(database, asked.login, asked.password);
    if (!session) {
      logger.warn('log-in failed', {
        event: 'user.login_failed',
        'user.id': userId ?? 'unknown',
        'client.address': request.ip,
      } satisfies LoggedEvent);
      throw new Refusal(401, 'the log-in name or the password is wrong');
    }
    logger.info('user logged in', { event: 'user.logged_in', 'user.id': session.user.userId } satisfies LoggedEvent);
    response.status(201).json(session);
  });
  routes.get('/sessions/current', onlyStaff, (_request, response) => void response.json(staffOf(response)));
  routes.delete('/sessions/current', onlyStaff, async (request, response) => {
    await logOutStaff(database, tokenOf(request));
    logger.info('user logged out', {
      event: 'user.logged_out',
      'user.id': staffOf(response).userId,
    } satisfies LoggedEvent);
    response.json({});
  });

  routes.get('/users', onlyStaff, async (_request, response) => {
    response.json({ users: await listStaff(database) });
  });
  routes.post('/users', onlyStaff, async (request, response) => {
    if (!staffOf(response).isAdministrator) throw new Refusal(403, 'only the administrator makes accounts');
    const wanted = readInput(newMember, request.body);
    const user = await createStaff(database, wanted.login, wanted.name, wanted.password);
    logger.info('user created', { event: 'user.created', 'user.id': user.userId } satisfies LoggedEvent);
    response.status(201).json(user);
  });
  routes.patch('/users/current', onlyStaff, async (request, response) => {
    const { userId } = staffOf(response);
    const fields = await updateStaff(database, userId, readInput(change, request.body));
    for (const field of fields) {
      logger.info(`user updated: ${field}`, { event: 'user.updated', 'user.id': userId, 'change.field': field });
    }
    response.json({ fields });
  });
  return routes;
}

function tokenOf(request: Request): string {
  return /^Bearer ([\w-]+)$/.exec(request.get('authorization') ?? '')?.[1] ?? '';
}
