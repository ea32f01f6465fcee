import { describeDurability } from './durability.suite.js';
import { describeMapping } from './mapping.suite.js';
import { describeMasking } from './masking.suite.js';
import { describeRoles } from './roles.suite.js';
import { useStack } from './stack-under-test.js';
import { describeStorageChoice } from './storage-choice.suite.js';

describe('the collector before Elasticsearch', () => {
  const { stack, addresses } = useStack();
  describeStorageChoice(addresses);
  describeMasking(addresses);
  describeMapping(addresses);
  describeRoles(addresses);
  describeDurability(stack, addresses);
});
