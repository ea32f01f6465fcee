import { describeAccess } from './access.suite.js';
import { describeBig } from './big.suite.js';
import { describeCommand } from './command.suite.js';
import { describePage } from './page.suite.js';
import { describeSearch } from './search.suite.js';
import { useReal } from './stack.js';
import { describeStories } from './story.suite.js';
import { describeWhoLooked } from './who-looked.suite.js';

describe('the look-up on real parts', function () {
  this.timeout(60_000);
  const real = useReal();
  describeStories(real);
  describeSearch(real);
  describeCommand(real);
  describeAccess(real);
  describeWhoLooked(real);
  describePage(real);
  describeBig(real);
});
