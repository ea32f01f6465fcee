import type { Random } from '../random.js';

/**
 * Ordinary lines in the forms of programs that are read every day: web servers, system logs, databases, brokers, containers, build tools.
 * The first of them follow the samples of the public Loghub collection. Numbers are new with each seed; nothing in them is personal.
 */
export function thirdLookAlikes(random: Random): string[] {
  const n = random.digits;
  const hex = (count: number) => Array.from({ length: count }, () => random.pick([...'0123456789abcdef'])).join('');
  const id = `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`;
  const seconds = 1_700_000_000 + random.int(90_000_000);
  return [
    `081109 2036${n(2)} 148 INFO dfs.DataNode$PacketResponder: PacketResponder 1 for block blk_38${n(15)} terminating`,
    `081109 2047${n(2)} 35 INFO dfs.FSNamesystem: BLOCK* NameSystem.addStoredBlock: blockMap updated: 10.251.${random.int(255)}.${random.int(255)}:50010 is added to blk_7${n(18)} size 67108864`,
    `- 11178${n(5)} 2005.06.03 R02-M1-N0-C:J12-U11 2005-06-03-15.42.50.${n(6)} R02-M1-N0-C:J12-U11 RAS KERNEL INFO instruction cache parity error corrected`,
    `2015-10-18 18:01:47,${n(3)} INFO [main] org.apache.hadoop.mapreduce.v2.app.MRAppMaster: Created MRAppMaster for application appattempt_1445144423722_00${n(2)}_000001`,
    `17/06/09 20:10:${n(2)} INFO executor.CoarseGrainedExecutorBackend: Got assigned task ${n(3)}`,
    `2015-07-29 17:41:44,${n(3)} - INFO  [QuorumPeer[myid=1]/0:0:0:0:0:0:0:0:2181:FastLeaderElection@774] - Notification time out: 3200`,
    `nova-api.log.1.2017-05-16_13:53:08 2017-05-16 00:00:00.${n(3)} 25746 INFO nova.osapi_compute.wsgi.server [req-${id} ${hex(32)} ${hex(32)} - - -] 10.11.10.1 "GET /v2/${hex(32)}/servers/detail HTTP/1.1" status: 200 len: 1893 time: 0.24${n(5)}`,
    `Jun 14 15:16:${n(2)} combo sshd(pam_unix)[${n(5)}]: authentication failure; logname= uid=0 euid=0 tty=NODEVssh ruser= rhost=218.188.${random.int(255)}.4`,
    `[Sun Dec 04 04:47:44 2005] [notice] workerEnv.init() ok /etc/httpd/conf/workers2.properties`,
    `10.${random.int(255)}.0.7 - - [21/Nov/2026:18:${n(2)}:11 +0000] "POST /cart/add?id=${n(5)} HTTP/2.0" 204 0 "-" "curl/8.5.0" rt=0.0${n(2)}`,
    `{"level":30,"time":${seconds}${n(3)},"pid":${n(4)},"hostname":"web-${n(1)}","msg":"request completed","responseTime":${n(2)}.${n(9)}}`,
    `I1121 18:04:${n(2)}.${n(6)}       1 controller.go:${n(3)}] "Reconciled" logger="deployment" pod="default/web-${hex(9)}-x${hex(4)}"`,
    `kernel: [${n(5)}.${n(6)}] eth0: link up, 1000Mbps, full-duplex, lpa 0x45E1`,
    `LOG:  checkpoint complete: wrote ${n(4)} buffers (2.${n(1)}%); 0 WAL file(s) added, 0 removed, 1 recycled; write=${n(2)}.${n(3)} s, sync=0.0${n(2)} s, total=${n(2)}.${n(3)} s`,
    `duration: ${n(3)}.${n(3)} ms  execute <unnamed>: SELECT id FROM parts WHERE weight > $1 ORDER BY id LIMIT 50`,
    `[mysqld] InnoDB: page_cleaner: 1000ms intended loop took ${n(4)}ms. The settings might not be optimal. (flushed=${n(3)} and evicted=0)`,
    `accepting AMQP connection <0.${n(4)}.0> (127.0.0.1:${40_000 + random.int(20_000)} -> 127.0.0.1:5672)`,
    `kafka offset commit: topic=orders partition=${n(1)} offset=${n(10)} lag=${n(3)}`,
    `image sha256:${hex(64)} pulled in ${n(2)}.${n(3)}s (${n(2)}.${n(3)}s including waiting)`,
    `npm timing idealTree Completed in ${n(4)}ms`,
    `webpack 5.9${n(1)}.0 compiled successfully in ${n(4)} ms`,
    `GC in old space: [PS Old Gen: ${n(6)}K->${n(6)}K(${n(7)}K)] ${n(6)}K->${n(6)}K(${n(7)}K), 0.${n(7)} secs`,
    `trace=${hex(32)} span=${hex(16)} sampled=1`,
    `X-Request-Id: ${id}`,
    `etag "W/\\"${hex(4)}-${hex(27)}\\"" matched`,
    `invoice INV-2026-${n(6)} posted, total 1,${n(3)}.${n(2)} EUR`,
    `накладная № ${n(8)} от 21.11.2026 проведена`,
    `заказ ${n(9)}: кольцо, проба 585, вес ${n(1)}.${n(2)} г`,
    `остаток на складе ${n(4)} шт., ячейка A-${n(2)}-${n(2)}`,
    `SKU 46${n(11)} reserved x${n(1)}`,
    `gtin 0${n(12)} printed`,
    `weight 0.${n(12)} kg, volume ${n(4)}.${n(8)} mm3`,
    `mesh ${id}.stl: ${n(6)} facets, bbox 12.${n(3)} x 18.${n(3)} x 4.${n(3)}`,
    `temperature sensor 28-00000${hex(7)} 21.${n(3)} C`,
    `version 24.21.0+build.${n(8)} of ${hex(7)}`,
    `ntp: offset -0.000${n(6)} sec, delay 0.0${n(5)}`,
    `epoch ${seconds} (${new Date(seconds * 1000).toISOString()})`,
    `cron[${n(5)}]: (root) CMD (run-parts /etc/cron.hourly)`,
    `free ${n(8)} of ${n(9)} kB, swap 0`,
    `pool size 10, idle 7, waiting 0, acquired ${n(6)} times`,
    `unlink /var/lib/app/tmp/${n(13)}.part`,
    `retry-after ${n(3)}, x-ratelimit-remaining ${n(4)}, x-ratelimit-reset ${seconds}`,
    `the card game has 52 entries`,
    `e-mail queue is empty, phone gateway is up`,
    `token bucket refilled, 100 tokens`,
    `address 0x00007f${hex(10)} in heap of 512 MB`,
  ];
}
