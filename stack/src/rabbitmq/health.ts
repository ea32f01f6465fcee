import { firstAnswer } from '../tcp-probe.js';

/** What a client says first: AMQP 0-9-1 (specification section 4.2.2). */
const protocolHeader = Buffer.from('AMQP\0\0\u0009\u0001', 'latin1');
/** Frame type 1 (method), channel 0; after the 4 bytes of the size, class 10 (connection), method 10 (start). */
const connectionStart = { type: 1, classId: 10, methodId: 10 };

/** Whether a broker answers there in AMQP 0-9-1. */
export async function speaksAmqp(host: string, port: number, secure = false): Promise<boolean> {
  const answer = await firstAnswer(host, port, protocolHeader, secure);
  return (
    answer.length > 11 &&
    answer[0] === connectionStart.type &&
    answer.readUInt16BE(7) === connectionStart.classId &&
    answer.readUInt16BE(9) === connectionStart.methodId
  );
}
