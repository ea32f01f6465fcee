import { useState } from 'preact/hooks';
import type { StoryView } from '../model.js';
import { storyPath } from '../paths.js';
import { ArrivingStory } from './arriving.js';
import { useAnswer } from './ask.js';
import { usePlace } from './place.js';
import { Trouble } from './trouble.js';

/** Asks for a story and shows it, or why there is none. */
export function StoryPage({ story }: { story: string }) {
  const { address } = usePlace();
  const [turn, setTurn] = useState(0);
  const path = storyPath('/api/story', story, address);
  const asking = useAnswer<StoryView>(path, turn);
  const again = () => setTurn(turn + 1);
  if (asking.state === 'waiting') {
    return (
      <p class="alone" role="status">
        Reading the story …
      </p>
    );
  }
  if (asking.state === 'failed') return <Trouble failure={asking.failure} again={again} />;
  return <ArrivingStory key={turn} first={asking.answer} path={path} again={again} />;
}
