import { randomBytes } from 'node:crypto';
import { type Account, ADMINISTRATOR, Operator, Seller, type StaffMember } from './staff.js';

/** Who works in the company, each logged in. */
export interface Staff {
  seller: Seller;
  operator: Operator;
}

export interface Workplaces {
  crm: string;
  mes: string;
}

/** The administrator makes an account for a seller and for an operator, who log in. */
export async function hireStaff({ crm, mes }: Workplaces, administratorPassword: string): Promise<Staff> {
  const [seller, operator] = await Promise.all([
    hire(crm, new Seller(crm), 'seller-1', administratorPassword),
    hire(mes, new Operator(mes), 'operator-1', administratorPassword),
  ]);
  return { seller, operator };
}

async function hire<T extends StaffMember>(
  url: string,
  member: T,
  login: string,
  administratorPassword: string,
): Promise<T> {
  const administrator: StaffMember = new Seller(url);
  await administrator.logIn(ADMINISTRATOR, administratorPassword);
  const account: Account = { login, name: `Our ${login}`, password: randomBytes(16).toString('base64url') };
  await administrator.makeAccount(account);
  await member.logIn(login, account.password);
  return member;
}
