import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { processesOf } from '../run/process-facts.js';

/** Addresses on which processes of the run listen, as the kernel writes them (hexadecimal, little endian). Linux only. */
export function listeningAddresses(runFolder: string): { address: string; port: number }[] {
  const sockets = new Set(processesOf(runFolder).flatMap(socketsOf));
  return ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) =>
    readFileSync(table, 'utf8')
      .split('\n')
      .slice(1)
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[3] === listenState && sockets.has(fields[9] ?? ''))
      .map((fields) => {
        const [address = '', port = ''] = (fields[1] ?? '').split(':');
        return { address, port: Number.parseInt(port, 16) };
      }),
  );
}

const listenState = '0A';

/** 127.0.0.1, ::1 and ::ffff:127.0.0.1 as the kernel writes them. */
export const loopbackAddresses = ['0100007F', '00000000000000000000000001000000', '0000000000000000FFFF00000100007F'];

function socketsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      const inode = /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1];
      return inode === undefined ? [] : [inode];
    });
  } catch {
    return [];
  }
}
