import { fields } from '../query/fields.js';

const exits = `Exit codes
  0   found, whole or partial: the story says which
  1   nothing found
  2   could not look: Elasticsearch is away, refuses the account, or is not known
  3   no answer, since who looked could not be written
  64  a command line or a query that can't be understood`;

const where = `Where it looks
  LOOKUP_ELASTICSEARCH_URL with an account of your own, else the stack that runs in this checkout (.hallmark/stack.env)
  Who looked, for what, and what came back is written to the collector's door for that, LOOKUP_JOURNAL_URL, first.`;

const window = `  --since <when>   look since then: 30d, 12h, 45m, or a date like 2026-11-01; --from is the same
  --to <when>      look until then`;

const formats = `  --json           one JSON document on standard output
  --ndjson         a JSON document a line; what the answer lacks stands on standard error`;

const rest = `  --width <n>      columns of a line; the terminal's, else 100
  --help           this`;

const all = '  --all            every span and record on a line of its own, also those that only repeat another';
const otlp = '  --otlp           OTLP/JSON, a line of spans and a line of records';

export const language = `Search language: all of it must hold
  kiln cold              words of a message or an exception, or whole ids
  "open mesh"            a phrase
  level:error            a field: see below
  status>=500            compared: >, >=, <, <=
  -cold, -level:debug    must not be there
  @order.status:paid     any attribute; @order.price>100
There is no OR and no wildcard: look for each by itself, and for whole words and ids. In quotes, "OR" and "*" are themselves.

Fields
${Object.entries(fields)
  .map(([name, { help }]) => `  ${name.padEnd(22)} ${help}`)
  .join('\n')}`;

export const mainHelp = `The story of an order or a trace, from what the services logged.

  npm run lookup -- order ORD-7K2MXQ4BTZ
  npm run lookup -- trace 4bf92f3577b34da6a3ce929d0e0e4736
  npm run lookup -- search 'kiln level:error -cold'
  npm run lookup -- tail 'service:mes-api'
  npm run lookup -- services
  npm run lookup -- page

Commands
  order <number>   everything of an order: its traces, and its records outside of any; name=value: of any attribute
  trace <id>       everything of one trace, or of the trace of a span
  search <words>   the newest spans and records that have all of it
  tail [<words>]   what arrives from now on, until Ctrl-C
  services         which services wrote, how much, and how many errors
  record <id>      one span or record whole, where a story has its texts cut
  page             all of this in the browser, on this machine only, until Ctrl-C

'npm run lookup -- <command> --help' has the options and examples.

${language}

${where}

${exits}
`;

export const commandHelp = {
  order: `Everything of an order: the traces in which a span or a record has the order's number, and its records outside of any.
The number must be the whole one. With name=value it is the same of any field of the search language or any attribute. The last
30 days unless told. Colours only on a terminal (NO_COLOR, FORCE_COLOR).

  npm run lookup -- order ORD-7K2MXQ4BTZ
  npm run lookup -- order msgid=87c862f3-09e9-47c1-9a3e-2d6f0c9a1b11
  npm run lookup -- order customer.id=44d1df44-3f18-4174-be2f-b9f8cc750344 --since 2d
  npm run lookup -- order ORD-7K2MXQ4BTZ --since 2026-11-01 --json | jq .verdict

Options
${window}
${formats}
${otlp}
${all}
${rest}

${where}

${exits}
`,
  trace: `Everything of one trace and of those that are linked to it; a span id stands for its trace. It is looked for in the last day, and
then in all that is kept: the answer says so.

  npm run lookup -- trace 4bf92f3577b34da6a3ce929d0e0e4736
  npm run lookup -- trace 00f067aa0ba902b7
  npm run lookup -- trace 4bf92f3577b34da6a3ce929d0e0e4736 --all --width 160

Options
${window}
${formats}
${otlp}
${all}
${rest}

${where}

${exits}
`,
  search: `The newest spans and records that have all of what is asked, the newest first. The last 30 days unless told.

  npm run lookup -- search 'open mesh'
  npm run lookup -- search 'timeout service:crm-api level>=warn -retry' --since 2h --limit 50
  npm run lookup -- search '@order.price>1000 "no volume"'

${language}

Options
${window}
  --limit <n>      at most so many; 20 unless told
  --after <place>  the page after that place; each page prints the command for the next one
${formats}
${rest}

${where}

${exits}
`,
  tail: `What arrives from now on, a line each, until Ctrl-C; what comes late is shown too, marked 'late'.

  npm run lookup -- tail
  npm run lookup -- tail 'level>=warn -service:rabbitmq'
  npm run lookup -- tail order:ORD-7K2MXQ4BTZ --since 10m --ndjson

${language}

Options
  --since <when>   also what was written since then: 10m, 1h
${formats}
${rest}

${where}

${exits}
`,
  services: `Which services wrote in the last day, how many spans and records, how many errors, and when last.

  npm run lookup -- services
  npm run lookup -- services --since 1h --json

Options
${window}
${formats}
${rest}

${where}

${exits}
`,
  record: `One span or record as it is stored, whole. A story has texts of more than 20,000 characters cut there: its --json then names
the record in 'cut', beside what is cut and how long it is.

  npm run lookup -- record .ds-logs-mes_api.otel-default-2026.11.21-000001/AZqk2f3m

Options
  --help           this

${where}

${exits}
`,
} as const;

export type CommandName = keyof typeof commandHelp;
