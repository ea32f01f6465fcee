import type { Gap } from '../story/story.js';

export interface ServiceActivity {
  readonly service: string;
  readonly spans: number;
  readonly records: number;
  /** Spans that failed and records of severity ERROR and above. */
  readonly errors: number;
  /** The newest span or record; ISO 8601, UTC. */
  readonly last: string;
}

export interface ServicesAnswer {
  readonly version: 1;
  readonly from: string;
  readonly to: string;
  /** By name. */
  readonly services: readonly ServiceActivity[];
  readonly verdict: 'whole' | 'partial' | 'empty';
  readonly gaps: readonly Gap[];
}
