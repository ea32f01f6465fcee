import assert from 'node:assert/strict';
import { findStory, type Story, summarise } from '@hallmark/lookup';
import { type Placed, placeOrder, waitForStatus } from 'customers';
import { eventually } from './eventually.js';
import { theWorld, type World, worldStartMs } from './world.js';

const orders = 10;
/** The one whose model is an open mesh, which has no volume and therefore no price. */
const spoilt = 4;

describe(`${orders} orders at once, one of them with a model that can't be calculated`, function () {
  this.timeout(worldStartMs);
  let world: World;
  let placed: Placed[];
  let stories: Story[];

  before(async () => {
    world = await theWorld();
    placed = await Promise.all(
      Array.from({ length: orders }, (_, index) =>
        placeOrder(world.company.urls, {
          seed: 200 + index,
          triangles: 5_000 + index * 1_000,
          ...(index === spoilt && { fault: 'open mesh' as const }),
        }),
      ),
    );
    const ends = await Promise.all(placed.map((order) => waitForStatus(order, 'priced', 'calculation_failed')));
    assert.deepEqual(
      ends,
      placed.map((_, index) => (index === spoilt ? 'calculation_failed' : 'priced')),
    );
    stories = await Promise.all(placed.map(({ orderId }) => wholeStory(world, orderId)));
  });

  it('tells every story whole', () => {
    for (const story of stories) {
      assert.equal(story.verdict, 'whole', JSON.stringify(story.gaps));
      const { services, messages, statements } = summarise(story);
      assert.equal(services.length, 5);
      assert.ok(messages.length >= 2, `${messages.length} messages`);
      assert.ok(statements.length >= 3, `${statements.length} database statements`);
    }
  });

  it('keeps every story to its own order', () => {
    for (const [index, story] of stories.entries()) {
      const own = placed[index]?.orderId;
      assert.deepEqual(summarise(story).orders, [own]);
      const text = JSON.stringify(story);
      for (const { orderId } of placed) if (orderId !== own) assert.ok(!text.includes(orderId), `${orderId} in ${own}`);
    }
  });

  it('tells of the failure, the dead letter and the end of the spoilt one, and of none in the others', () => {
    for (const [index, story] of stories.entries()) {
      const events = eventsOf(story);
      for (const event of ['calculation.failed', 'message.dead_lettered']) {
        const seen = events.filter((name) => name === event).length;
        assert.equal(seen, index === spoilt ? 1 : 0, `${event} in story ${index}`);
      }
      assert.equal(summarise(story).status, index === spoilt ? 'calculation_failed' : 'priced');
    }
  });
});

function eventsOf(story: Story): (string | undefined)[] {
  return story.traces.flatMap(({ entries }) =>
    entries.flatMap((entry) => (entry.type === 'record' ? [entry.eventName] : [])),
  );
}

/** Waits until nothing is missing and nothing more arrives. */
function wholeStory({ client }: World, orderId: string): Promise<Story> {
  return eventually(async () => {
    const story = await findStory(client, { orderId });
    assert.equal(story.verdict, 'whole', `${orderId}: ${story.gaps.map(({ text }) => text).join('; ')}`);
    return story;
  }, 60_000);
}
