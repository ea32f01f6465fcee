const exits = `Exit codes
  0   found, whole or partial: the story says which
  1   nothing found
  2   could not look: Elasticsearch is away, refuses the account, or is not known
  64  a command line that can't be understood`;

const where = `Where it looks
  LOOKUP_ELASTICSEARCH_URL, else the stack that runs in this checkout (.hallmark/stack.env)`;

const shared = `  --since <when>   look since then: 30d, 12h, 45m, or a date like 2026-11-01; 30d unless told
  --json           one JSON document on standard output
  --help           this`;

const page = `  --all            every span and record on a line of its own, also those that only repeat another
  --width <n>      columns of a line; the terminal's, else 100`;

export const mainHelp = `The story of an order or a trace, from what the services logged.

  npm run lookup -- order ORD-7K2MXQ4BTZ
  npm run lookup -- trace 4bf92f3577b34da6a3ce929d0e0e4736
  npm run lookup -- search 'open mesh'

Commands
  order <number>   everything of an order: its traces, and its records outside of any
  trace <id>       everything of one trace
  search <words>   the newest records that have all the words in their message or exception

'npm run lookup -- <command> --help' has the options and examples.

${where}

${exits}
`;

export const commandHelp = {
  order: `Everything of an order: the traces in which a span or a record has the order's number, and its records outside of any.
The number must be the whole one. Colours only on a terminal (NO_COLOR, FORCE_COLOR).

  npm run lookup -- order ORD-7K2MXQ4BTZ
  npm run lookup -- order ORD-7K2MXQ4BTZ --since 2026-11-01 --json | jq .verdict

Options
${shared}
${page}

${where}

${exits}
`,
  trace: `Everything of one trace and of those that are linked to it.

  npm run lookup -- trace 4bf92f3577b34da6a3ce929d0e0e4736
  npm run lookup -- trace 4bf92f3577b34da6a3ce929d0e0e4736 --all --width 160

Options
${shared}
${page}

${where}

${exits}
`,
  search: `The newest records that have all the words in their message or their exception's, the newest first.

  npm run lookup -- search 'open mesh'
  npm run lookup -- search timeout --since 2h --limit 50

Options
${shared}
  --limit <n>      at most so many records; 20 unless told
  --width <n>      columns of a line; the terminal's, else 100

${where}

${exits}
`,
} as const;

export type CommandName = keyof typeof commandHelp;
