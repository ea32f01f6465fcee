import { randomBytes } from 'node:crypto';
import { type Account, ADMINISTRATOR, Operator, Seller, StaffMember } from './staff.js';

/** Who works in the company, each logged in. */
export interface Staff {
  seller: Seller;
  operator: Operator;
  /** Of the CRM's accounts. */
  administrator: StaffMember;
}

export interface Workplaces {
  crm: string;
  mes: string;
}

/** The administrator makes an account for a seller and for an operator, who log in. */
export async function hireStaff({ crm, mes }: Workplaces, administratorPassword: string): Promise<Staff> {
  const [administrator, ofMes] = await Promise.all([
    administratorOf(crm, administratorPassword),
    administratorOf(mes, administratorPassword),
  ]);
  const [seller, operator] = await Promise.all([
    hire(administrator, new Seller(crm), 'seller-1'),
    hire(ofMes, new Operator(mes), 'operator-1'),
  ]);
  return { seller, operator, administrator };
}

async function administratorOf(url: string, password: string): Promise<StaffMember> {
  const administrator = new StaffMember(url);
  await administrator.logIn(ADMINISTRATOR, password);
  return administrator;
}

async function hire<T extends StaffMember>(administrator: StaffMember, member: T, login: string): Promise<T> {
  const account: Account = { login, name: `Our ${login}`, password: randomBytes(16).toString('base64url') };
  await administrator.makeAccount(account);
  await member.logIn(login, account.password);
  return member;
}
