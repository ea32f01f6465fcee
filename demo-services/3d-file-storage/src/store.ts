import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  BucketAlreadyOwnedByYou,
  CreateBucketCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  ListMultipartUploadsCommand,
  NoSuchKey,
  PutObjectTaggingCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { FILE_ID, Refusal } from '@hallmark/foundation';

export interface StoredFile {
  sizeBytes: number;
  /** Of the content, 64 hexadecimal digits. */
  sha256: string;
}

export interface FileStore {
  /** Stores the whole stream or nothing of it. Refuses what is empty (400) or larger than the limit (413). */
  put(fileId: string, content: Readable): Promise<StoredFile>;
  /** Refuses an unknown file (404). */
  open(fileId: string): Promise<StoredFile & { content: Readable }>;
}

export interface FileStoreOptions {
  s3: S3Client;
  bucket: string;
  limitBytes: number;
  /** How old an upload must be that nobody goes on with, for its parts to be deleted at the start; default an hour. */
  abandonedAfterMs?: number;
}

/** Larger files are sent in parts of this size, so that no more than two of them are held: the smallest that S3 takes. */
const PART_BYTES = 5 * 1024 * 1024;
const PARTS_AT_ONCE = 2;
const HOUR_MS = 3_600_000;

/** What a tag of a file says. Written when all of its content is there: a file without it is none. */
const CHECKSUM_TAG = 'sha256';

/** Files as objects of a bucket, each with its checksum as a tag. Makes the bucket where it is missing. */
export async function openFileStore({ s3, bucket, limitBytes, ...options }: FileStoreOptions): Promise<FileStore> {
  await makeBucket(s3, bucket);
  await abortAbandoned(s3, bucket, options.abandonedAfterMs ?? HOUR_MS);
  const objectOf = (fileId: string) => {
    // The id becomes an object's key: nothing but a UUID may, whoever calls.
    if (!FILE_ID.test(fileId)) throw new Refusal(400, 'a file id is a lower-case UUID');
    return { Bucket: bucket, Key: fileId };
  };

  return {
    async put(fileId, content) {
      const object = objectOf(fileId);
      const measured = measure(content, limitBytes);
      const upload = new Upload({
        client: s3,
        // Each part's checksum is compared by the server before it keeps the part.
        params: { ...object, Body: measured.stream, ContentType: 'model/stl', ChecksumAlgorithm: 'SHA256' },
        partSize: PART_BYTES,
        queueSize: PARTS_AT_ONCE,
        leavePartsOnError: false,
      });
      await upload.done();
      const stored = measured.result();
      const Tagging = { TagSet: [{ Key: CHECKSUM_TAG, Value: stored.sha256 }] };
      await s3.send(new PutObjectTaggingCommand({ ...object, Tagging }));
      return stored;
    },

    async open(fileId) {
      const object = objectOf(fileId);
      try {
        const { TagSet = [] } = await s3.send(new GetObjectTaggingCommand(object));
        const sha256 = TagSet.find(({ Key }) => Key === CHECKSUM_TAG)?.Value;
        if (sha256 === undefined) throw new Refusal(404, `there is no file ${fileId}`);
        const { Body, ContentLength = 0 } = await s3.send(new GetObjectCommand(object));
        return { sizeBytes: ContentLength, sha256, content: Body as Readable };
      } catch (error) {
        if (error instanceof NoSuchKey) throw new Refusal(404, `there is no file ${fileId}`);
        throw error;
      }
    },
  };
}

/** Passes the content on, and knows its size and checksum when it has ended. */
function measure(content: Readable, limitBytes: number): { stream: Readable; result(): StoredFile } {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  async function* chunks() {
    // Refused half-way, the stream stays open: the sender must be able to read the answer.
    for await (const chunk of content.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      sizeBytes += chunk.length;
      if (sizeBytes > limitBytes) throw new Refusal(413, `a file may have ${limitBytes} bytes at most`);
      hash.update(chunk);
      yield chunk;
    }
    if (sizeBytes === 0) throw new Refusal(400, 'the file is empty');
  }
  return {
    stream: Readable.from(chunks(), { objectMode: false }),
    result: () => ({ sizeBytes, sha256: hash.digest('hex') }),
  };
}

async function makeBucket(s3: S3Client, bucket: string): Promise<void> {
  try {
    await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  } catch (error) {
    if (!(error instanceof BucketAlreadyOwnedByYou)) throw error;
  }
}

/** A service that was killed in the middle of an upload leaves its parts behind, which nobody sees and the disk holds. */
async function abortAbandoned(s3: S3Client, bucket: string, olderThanMs: number): Promise<void> {
  const { Uploads = [] } = await s3.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
  const abandoned = Uploads.filter(({ Initiated }) => Initiated && Date.now() - Initiated.getTime() >= olderThanMs);
  for (const { Key, UploadId } of abandoned) {
    await s3.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key, UploadId }));
  }
}
