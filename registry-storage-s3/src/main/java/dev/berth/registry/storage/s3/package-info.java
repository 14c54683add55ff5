/**
 * A store in a bucket of S3 or of an S3-compatible service: {@link dev.berth.registry.storage.s3.S3ObjectStore}, opened
 * with {@link dev.berth.registry.storage.s3.S3StorageOptions}. The bucket is the only shared state, so any number of
 * processes may use it.
 *
 * <p>The service must be strongly consistent and must support {@code If-None-Match: *} and {@code If-Match} on PUT, also
 * under concurrent writes. Conditions on other requests are not used.
 */
@NullMarked
package dev.berth.registry.storage.s3;

import org.jspecify.annotations.NullMarked;

/*
 * The layout in the bucket, for maintainers:
 *
 * An object of the store is an object of the bucket, whose name is the store's prefix followed by the key. An upload is
 * stored below its staging key:
 *
 * - state: what the upload consists of, as lines of text. Every change of an upload is one conditional put of the state,
 *   on its version. So of several concurrent changes, on any nodes, exactly one succeeds, and the others delete what
 *   they have written.
 * - chunks/<writer>/<offset>: an append that does not fill a part.
 * - segments/<id>: an append that fills a part, as one object written by a multipart upload of equal parts (8 MiB by
 *   default), starting at a part boundary. Bytes that were in chunks of the part that is now full are written once more,
 *   and never again. A segment has at most 5 GiB, so that the limit of 10,000 parts is not reached, and neither parts
 *   nor memory have to grow.
 *
 * Content of a known size is written directly to its key, in one request or as a multipart upload of equal parts that is
 * completed after the stream has ended correctly.
 *
 * An upload of one segment, which results from a blob in one PATCH or PUT, is committed by one CopyObject; an upload of
 * several by parallel UploadPartCopy requests, in equal parts that are as large as the segments allow, and large enough
 * for 5 TiB in 10,000 parts. Only a part that spans two segments or contains chunks passes through this process. A
 * commit first records itself in the state, as a lease. If its process crashes, the commit can be repeated five minutes
 * after the lease was last renewed.
 *
 * Aborting deletes the state first, then everything else, including unfinished multipart uploads. Those of a crashed
 * process are aborted by S3ObjectStore.dropLeftovers, which the engine calls when it removes expired uploads.
 *
 * Services ignore conditions on requests other than PUT. So an object is deleted conditionally by replacing it with an
 * empty one, which remains. If a conditional put was refused after a retry, the object itself shows whether an earlier
 * attempt succeeded: each carries the id of its writer in its metadata.
 *
 * The number of requests of each operation is in registry-core/docs/performance.md; RequestCountTest, WholeBlobPushTest
 * and S3UploadTest count them. Memory: one part for each append or write in progress, and up to four parts in all of
 * the tails of appends, so that the next ones need not read them back.
 */

/*
 * The parts, for maintainers:
 *
 * - S3Clients makes the SDK's clients, OpenCheck explains what is wrong with a bucket.
 * - Bucket sends the requests for whole objects, Multipart those for parts. S3Failures translates the SDK's exceptions
 *   into those of a store. RequestThreads sends several requests at the same time.
 * - ParallelChanges makes marks and batches. ObjectReading and S3Content read, ObjectWriting writes streams, BucketLister makes the pages of listings,
 *   TreeDeletion deletes.
 * - S3Upload with S3UploadAppend, SegmentWriter, UploadCommit and Assembly are the uploads, over UploadState and
 *   UploadStates. Pieces knows which objects hold their bytes, UploadCache saves requests.
 */
