import type { Collected } from '../store/collect.js';
import { count, plural } from '../text/plural.js';
import type { Gap } from './story.js';
import type { Tree } from './tree.js';

/** A clock that is ahead makes an entry look newer than now; beyond this it says nothing about what is still to come. */
const believableFutureMs = 60_000;
const mostAbsentParents = 5;

/** What the search itself could not bring. */
export function searchGaps(collected: Collected): Gap[] {
  const gaps: Gap[] = [];
  const read = collected.documents.length;
  if (read < collected.total) {
    gaps.push({
      kind: 'cut',
      text: `cut at ${count(read)} of ${count(collected.total)} spans and records: the latest are not shown`,
      count: collected.total - read,
    });
  }
  if (collected.moreTraces) {
    gaps.push({
      kind: 'traces-cut',
      text: `more traces have this than the ${collected.reasons.size} that were read`,
    });
  }
  gaps.push(...linksGap(collected));
  return [...gaps, ...shardsGap(collected.failedShards)];
}

function linksGap({ linksLeft, moreLinks, reasons }: Collected): Gap[] {
  const [next] = linksLeft;
  if (next === undefined && !moreLinks) return [];
  const followed = [...reasons.values()].filter((reason) => reason === 'link').length;
  const number = `${moreLinks ? 'more than ' : ''}${plural(linksLeft.length, 'further trace')}`;
  const verb = linksLeft.length === 1 && !moreLinks ? 'is' : 'are';
  const goOn = next === undefined ? '' : `; go on with: trace ${next}`;
  const text = `${number} ${verb} linked that were not followed (${count(followed)} followed, one step away)${goOn}`;
  return [{ kind: 'links-cut', text, count: linksLeft.length }];
}

/** Parts of Elasticsearch that gave no answer. */
export function shardsGap(failedShards: number): Gap[] {
  if (failedShards === 0) return [];
  const text = `${plural(failedShards, 'shard')} of Elasticsearch did not answer: what is stored there is missing`;
  return [{ kind: 'shards-failed', text, count: failedShards }];
}

/** What one trace lacks by the look of its own spans and records. */
export function traceGaps(traceId: string, tree: Tree): Gap[] {
  const spans = tree.placed.filter(({ document }) => document.type === 'span').length;
  const records = tree.placed.length - spans;
  if (spans === 0) {
    const text = `trace ${short(traceId)} has ${plural(records, 'record')} and no spans`;
    return [{ kind: 'no-spans', text, traceId, count: records }];
  }
  const gaps = orphanGaps(traceId, tree);
  if (tree.strayRecords.length > 0) {
    const absent = new Set(tree.strayRecords.map((record) => record.spanId)).size;
    const belong = tree.strayRecords.length === 1 ? 'belongs' : 'belong';
    const text = `${plural(tree.strayRecords.length, 'record')} of trace ${short(traceId)} ${belong} to ${plural(absent, 'span')} that never came`;
    gaps.push({ kind: 'missing-span', text, traceId, count: tree.strayRecords.length });
  }
  if (tree.inCircle > 0) {
    const name = tree.inCircle === 1 ? 'names itself as its parent' : 'name their parents in a circle';
    const text = `${plural(tree.inCircle, 'span')} of trace ${short(traceId)} ${name}`;
    gaps.push({ kind: 'parent-cycle', text, traceId, count: tree.inCircle });
  }
  return gaps;
}

/** One gap for each parent that never came; beyond a handful they say the same, and one gap has the rest. */
function orphanGaps(traceId: string, tree: Tree): Gap[] {
  const absent = [...tree.orphans];
  const gaps = absent.slice(0, mostAbsentParents).map(([parent, children], index): Gap => {
    const others = children.length > 1 ? ` and ${count(children.length - 1)} more` : '';
    const whose = `${children[0]?.service} '${children[0]?.name}'${others}`;
    const isRoot = !tree.hasRoot && index === 0;
    const text = isRoot
      ? `trace ${short(traceId)} has no root: it begins at ${whose}, called by span ${parent}, which never came`
      : `span ${parent} of trace ${short(traceId)} never came: it is the parent of ${whose}`;
    return { kind: isRoot ? 'missing-root' : 'missing-parent', text, traceId, count: children.length };
  });
  const rest = absent.slice(mostAbsentParents);
  if (rest.length === 0) return gaps;
  const parents = rest.length === 1 ? 'is a parent' : 'are parents';
  const text = `${plural(rest.length, 'more span')} of trace ${short(traceId)} never came that ${parents} of others`;
  return [...gaps, { kind: 'missing-parent', text, traceId, count: rest.flatMap(([, children]) => children).length }];
}

/** Whether more may be on its way: services send in batches, and a span is sent when it ends. */
export function arrivalGap(newestMs: number, nowMs: number, settleMs: number): Gap[] {
  const ageMs = nowMs - newestMs;
  if (ageMs >= settleMs || ageMs < -believableFutureMs) return [];
  const age = ageMs < 0 ? 'from this moment' : `${(ageMs / 1_000).toFixed(1)} s old`;
  return [{ kind: 'still-arriving', text: `still arriving: the newest entry is ${age}, ask again in a few seconds` }];
}

function short(traceId: string): string {
  return traceId.slice(0, 8);
}
