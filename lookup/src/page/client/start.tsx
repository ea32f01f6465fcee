import { usePlace } from './place.js';

const examples = [
  ['ORD-7K2MXQ4BTZ', 'an order’s number: its whole story'],
  ['4bf92f3577b34da6a3ce929d0e0e4736', 'a trace id, a span id, a traceparent or a message id'],
  ['open mesh', 'words that stand in a message or an exception'],
  ['"order created" -test', 'a phrase; a minus leaves out'],
  ['level:error service:mes-api', 'a field and its value'],
  ['@http.response.status_code:500', 'an attribute and its value'],
] as const;

export function Start() {
  const { leave } = usePlace();
  return (
    <div class="alone start">
      <h1>What do you have?</h1>
      <p>
        Put what the customer gave you into the box above. What belongs together is told as one story: every service,
        queue and log record, in the order in which it happened.
      </p>
      <dl class="examples">
        {examples.map(([text, what]) => (
          <div key={text}>
            <dt>
              <code>{text}</code>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p>
        <button type="button" class="button" onClick={() => leave({ q: 'level:error', since: '24h' })}>
          Errors of the last 24 hours
        </button>
      </p>
      <p class="faint">
        Each look-up is recorded: who, what was asked, and how much came back. Press <kbd>?</kbd> for the keys.
      </p>
    </div>
  );
}
