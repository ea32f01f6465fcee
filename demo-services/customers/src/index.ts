export { Browser, type Page } from './browser.js';
export { Customer, type Wish } from './customer.js';
export {
  type CompanyUrls,
  changeMind,
  type Errand,
  finishOrder,
  type Placed,
  placeOrder,
  waitForStatus,
} from './errands.js';
export { hireStaff, type Staff } from './hire.js';
export { type Person, personFrom } from './person.js';
export { type Random, randomFrom } from './random.js';
export { generateRing, MAX_TRIANGLES, MIN_TRIANGLES, type Ring } from './ring.js';
export { type Account, ADMINISTRATOR, Operator, Seller, StaffMember } from './staff.js';
export { type StlFault, type StlFormat, stlFile } from './stl.js';
export { waitUntil } from './wait.js';
