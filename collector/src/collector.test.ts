import { describeChecks } from './checks.suite.js';
import { describeDeadLetters } from './dead-letters.suite.js';
import { describeDurability } from './durability.suite.js';
import { describeMapping } from './mapping.suite.js';
import { describeMasking } from './masking.suite.js';
import { describeOwnNumbers } from './own-numbers.suite.js';
import { describeRetention } from './retention.suite.js';
import { describeRoles } from './roles.suite.js';
import { describeScan } from './scan.suite.js';
import { useStack } from './stack-under-test.js';
import { describeStorageChoice } from './storage-choice.suite.js';
import { describeSystemFiles } from './system-files.suite.js';
import { describeSystems } from './systems.suite.js';

describe('the collector before Elasticsearch', () => {
  const { stack, addresses } = useStack();
  describeStorageChoice(addresses);
  describeMasking(addresses);
  describeScan(addresses);
  describeMapping(addresses);
  describeRoles(addresses);
  describeDeadLetters(addresses);
  describeRetention(addresses);
  describeSystems(stack, addresses);
  describeSystemFiles(stack, addresses);
  describeChecks(stack, addresses);
  describeDurability(addresses);
  describeOwnNumbers(stack, addresses);
});
