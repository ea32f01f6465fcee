import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Refusal } from '@hallmark/foundation';
import busboy from 'busboy';
import type { Request } from 'express';

export const MAX_MODEL_BYTES = 64 * 1024 * 1024;
const MAX_FIELDS = 20;
const MAX_FIELD_BYTES = 1_000;

export interface OrderForm {
  fields: Record<string, string>;
  /** The model, streaming in. Ends with an error where it is larger than the limit or the sender goes away. */
  model: Readable;
  /** True once the model turned out to be larger than `MAX_MODEL_BYTES`. */
  tooLarge(): boolean;
}

/**
 * Reads an order's form up to its file, which comes last, and leaves the file to the caller. Throws a Refusal with
 * status 400 where it is no such form or has no file.
 */
export async function readOrderForm(request: Request): Promise<OrderForm> {
  const limits = { files: 1, fileSize: MAX_MODEL_BYTES, fields: MAX_FIELDS, fieldSize: MAX_FIELD_BYTES };
  const form = parserFor(request, limits);
  const fields: Record<string, string> = {};
  form.on('field', (name, value) => {
    fields[name] = value;
  });
  let tooLarge = false;
  const file = Promise.withResolvers<Readable>();
  form.on('file', (name, stream, { filename }) => {
    if (name !== 'model' || !filename) {
      stream.resume();
      return;
    }
    stream.on('limit', () => {
      tooLarge = true;
      stream.destroy(new Error(`the model has more than ${MAX_MODEL_BYTES} bytes`));
    });
    // The reader of the stream hears of an error by itself; without one it must not end the service.
    stream.on('error', () => undefined);
    file.resolve(stream);
  });
  once(form, 'close').then(() => file.reject(new Refusal(400, 'choose the STL file of your ring')), file.reject);
  pipeline(request, form).catch(() =>
    file.reject(new Refusal(400, 'the form did not arrive as a whole; send it again')),
  );
  return { fields, model: await file.promise, tooLarge: () => tooLarge };
}

function parserFor(request: Request, limits: busboy.Limits): busboy.Busboy {
  try {
    return busboy({ headers: request.headers, limits });
  } catch {
    throw new Refusal(400, 'an order is sent as a form of the type multipart/form-data');
  }
}
