import { type connect, findStory } from '@hallmark/lookup';

type Client = ReturnType<typeof connect>;

const AT_ONCE = 4;
const PROGRESS_EVERY_MS = 10_000;

export interface IncompleteStory {
  orderId: string;
  gaps: string[];
}

/** Looks every order up, and returns those whose story is not whole. */
export async function incompleteStories(
  client: Client,
  orderIds: readonly string[],
  since: Date,
  say: (line: string) => void,
): Promise<IncompleteStory[]> {
  const incomplete: IncompleteStory[] = [];
  const waiting = [...orderIds];
  const ticker = setInterval(
    () => say(`stories: ${orderIds.length - waiting.length} of ${orderIds.length} looked up`),
    PROGRESS_EVERY_MS,
  );
  const next = async () => {
    for (let orderId = waiting.pop(); orderId; orderId = waiting.pop()) {
      const { verdict, gaps } = await findStory(client, { orderId }, { since });
      if (verdict !== 'whole') incomplete.push({ orderId, gaps: [verdict, ...gaps.map(({ text }) => text)] });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next)).finally(() => clearInterval(ticker));
  return incomplete;
}
