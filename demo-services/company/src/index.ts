export {
  ownVariables,
  SERVICE_NAMES,
  type ServiceName,
  type ServiceUrls,
  telemetryVariables,
} from './service-plans.js';
export { type Company, type CompanyOptions, checksOf, chooseServiceUrls, startCompany } from './start-company.js';
