/**
 * Words of programs that no street is called by, though 'Close', 'Drive' and 'Way' follow them: '3 Retry Attempts Then
 * Connection Close', '200 OK Keep Alive'. Capitals, as the written form of a street has them.
 */
const programWords =
  /(?<![\p{L}\p{N}])(?:Retry|Retries|Attempts?|Then|Connections?|Keep|Alive|Requests?|Responses?|Errors?|Fail(?:ed|ure|ures)?|Timeouts?|Timed|Sockets?|Streams?|Sessions?|Servers?|Clients?|Threads?|Process(?:es)?|Tasks?|Jobs?|Queues?|Consumers?|Producers?|Batch(?:es)?|Shards?|Workers?|Handshakes?|Cores?|[KMGT]i?B|Hours?|Minutes?|Seconds?|Replicas?|Clusters?|Partitions?|Handles?|Cursors?|Transactions?|Hard|Disks?|Flash|Floppy|Tape|Google|USB|SSD|NVMe|RAID|HTTPS?|TCP|TLS|SSL|SQL|API|URL|JSON|OK|GET|POST|PUT|PATCH|DELETE|Not|Found|Content|Transfer|Encoding|Upgrade|Reset|Abort(?:ed)?|Cancel(?:l?ed)?|Before|After|During|While|Until|Please|Waiting|Pending|Idle|Graceful|Forced?|Files?|Tabs?|Windows?|Dialogs?|Orders?|Messages?|Records?|Rows?|Events?)(?![\p{L}\p{N}])/u;

/**
 * '12 Monkeys Way to go', '3 Go Drive': street words that are ordinary ones too end an address, which no word in small letters
 * goes on from, unless a word before the number says that a place follows; and the name is longer than 'Go'.
 */
const everydayWord = /^[0-9]{1,5}[A-Za-z]?,? (?:[NSEW][.]? )?(.{1,120}) (?:Way|Drive|Close|Place|Court|Square)$/;
const goesOn = /^ \p{Ll}/u;
const placeBefore = /(?:(?<!\p{L})(?:at|to|from|in|on|near|by|address|адрес)[: ] ?|, ?)$/iu;

export function isSentence(text: string, start: number, end: number): boolean {
  const name = everydayWord.exec(text.slice(start, end))?.[1];
  if (name === undefined) return false;
  if (!/[A-Za-z]{3}|[0-9]/.test(name)) return true;
  return goesOn.test(text.slice(end, end + 2)) && !placeBefore.test(text.slice(Math.max(0, start - 12), start));
}

/** Where the words of a program begin in a text that has the form of a street, or -1. */
export function programWordIn(text: string): number {
  return text.search(programWords);
}
