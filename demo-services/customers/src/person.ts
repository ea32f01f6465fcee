import { randomFrom } from './random.js';

/** Somebody who buys rings. All of it is personal, and none of it may ever be found among logs. */
export interface Person {
  name: string;
  email: string;
  password: string;
  phone: string;
  address: string;
}

const FIRST_NAMES = [
  'Anna',
  'Boris',
  'Clara',
  'Dmitri',
  'Elena',
  'Farid',
  'Greta',
  'Hanna',
  'Igor',
  'Jana',
  'Karim',
  'Lena',
];
const LAST_NAMES = [
  'Abel',
  'Brandt',
  'Costa',
  'Dorn',
  'Engel',
  'Fischer',
  'Ivanova',
  'Kowalski',
  'Lindholm',
  'Moreau',
  'Petrov',
];
const STREETS = ['Lindenstrasse', 'Rue des Lilas', 'Via Garibaldi', 'Station Road', 'Nevsky Prospekt', 'Kungsgatan'];
const CITIES = [
  '10969 Berlin',
  '75011 Paris',
  '20121 Milano',
  'York YO24 1AB',
  '191186 Saint Petersburg',
  '11143 Stockholm',
];

/** The same seed gives the same person. */
export function personFrom(seed: number): Person {
  const random = randomFrom(seed ^ 0x5eed);
  const first = random.pick(FIRST_NAMES);
  const last = random.pick(LAST_NAMES);
  const number = Math.floor(random.between(1, 999_999_999));
  return {
    name: `${first} ${last}`,
    email: `${first}.${last}.${number.toString(36)}@mail.example`.toLowerCase(),
    password: `${last}-${number.toString(36)}-${first}-pass`,
    phone: `+49 30 ${String(number).padStart(9, '0')}`,
    address: `${random.pick(STREETS)} ${Math.floor(random.between(1, 200))}, ${random.pick(CITIES)}`,
  };
}
