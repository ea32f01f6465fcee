import { callJson, type StaffMember } from '@hallmark/foundation';

export interface NewMember {
  login: string;
  name: string;
  password: string;
}

/** The accounts and sessions that CRM API and MES API keep for their staff. Everything throws CallFailed. */
export interface StaffApi {
  logIn(login: string, password: string): Promise<{ token: string; user: StaffMember }>;
  logOut(token: string): Promise<void>;
  /** Whose session that is; 401 where it is none any more. */
  current(token: string): Promise<StaffMember>;
  list(token: string): Promise<StaffMember[]>;
  create(token: string, member: NewMember): Promise<StaffMember>;
  /** Changes the own account and returns the names of the fields that changed. */
  update(token: string, change: { name?: string; password?: string }): Promise<string[]>;
}

export function staffApiAt(url: string): StaffApi {
  return {
    logIn: (login, password) => callJson('POST', `${url}/sessions`, { login, password }),
    logOut: (token) => callJson('DELETE', `${url}/sessions/current`, undefined, { token }),
    current: (token) => callJson('GET', `${url}/sessions/current`, undefined, { token }),
    async list(token) {
      return (await callJson<{ users: StaffMember[] }>('GET', `${url}/users`, undefined, { token })).users;
    },
    create: (token, member) => callJson('POST', `${url}/users`, member, { token }),
    async update(token, change) {
      return (await callJson<{ fields: string[] }>('PATCH', `${url}/users/current`, change, { token })).fields;
    },
  };
}
