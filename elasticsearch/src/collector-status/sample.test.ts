import assert from 'node:assert/strict';
import { readSample } from './sample.js';

/** Lines of a collector 0.152.0, shortened. */
const text = `# HELP otelcol_receiver_accepted_log_records Number of log records
# TYPE otelcol_receiver_accepted_log_records counter
otelcol_receiver_accepted_log_records{receiver="otlp",transport="http"} 3440
otelcol_receiver_accepted_log_records{receiver="otlp/beyond",transport="http"} 200
otelcol_receiver_accepted_log_records{receiver="file_log/postgresql",transport=""} 5
otelcol_receiver_accepted_log_records{receiver="otlp/store",transport="grpc"} 3645
otelcol_receiver_accepted_log_records{receiver="otlp/onward",transport="grpc"} 3645
otelcol_receiver_accepted_spans{receiver="otlp",transport="http"} 60
otelcol_receiver_failed_log_records{receiver="otlp",transport="http"} 0
otelcol_receiver_refused_log_records{receiver="otlp",transport="http"} 7
otelcol_receiver_refused_log_records{receiver="otlp/beyond",transport="grpc"} 2
otelcol_receiver_refused_log_records{receiver="file_log/postgresql",transport=""} 90
otelcol_receiver_refused_log_records{receiver="otlp/store",transport="grpc"} 3260
otelcol_exporter_queue_capacity{data_type="logs",exporter="otlp_grpc/store"} 1e+09
otelcol_exporter_queue_capacity{data_type="traces",exporter="otlp_grpc/store"} 1e+09
otelcol_exporter_queue_size{data_type="logs",exporter="otlp_grpc/store"} 1200
otelcol_exporter_queue_size{data_type="traces",exporter="otlp_grpc/store"} 34
otelcol_exporter_send_failed_log_records{exporter="otlp_grpc/store"} 3
otelcol_exporter_send_failed_spans{exporter="otlp_grpc/store"} 1
otelcol_exporter_send_failed_log_records{exporter="elasticsearch"} 90
`;

describe("the collector's own metrics", () => {
  it('count what came through every door once, and not what the second half takes from the first', () => {
    assert.deepEqual(readSample(text), {
      received: 3_705,
      refused: 9,
      givenUp: 4,
      queueBytes: 1_234,
      queueCapacityBytes: 1e9,
    });
  });

  it('are all zero while nothing was sent', () => {
    assert.deepEqual(readSample(''), {
      received: 0,
      refused: 0,
      givenUp: 0,
      queueBytes: 0,
      queueCapacityBytes: 0,
    });
  });
});
