/**
 * A store in a bucket of S3 or of a service that speaks its language:
 * {@link dev.berth.registry.storage.s3.S3ObjectStore}, opened with
 * {@link dev.berth.registry.storage.s3.S3StorageOptions}. The bucket is the only shared state: any number of processes
 * may use it, and none of them keeps anything that another one needs.
 *
 * <h2>Layout in the bucket</h2>
 *
 * <p>An object of the store is an object of the bucket, whose name is the store's prefix followed by the key. An upload
 * is stored below its staging key:
 *
 * <ul>
 *   <li>{@code state}: what the upload consists of, as lines of text. Every change of an upload is one conditional put
 *       of the state, on its version. So of several concurrent changes, on any nodes, exactly one succeeds, and the
 *       others delete what they have written.
 *   <li>{@code chunks/<writer>/<offset>}: an append that does not fill a part.
 *   <li>{@code segments/<id>}: an append that fills a part, as one object written by a multipart upload of equal parts
 *       (8 MiB by default), starting at a part boundary. Bytes that were in chunks of the part that is now full are
 *       written once more, and never again. A segment has at most 5 GiB, so that the limit of 10,000 parts is not
 *       reached, and neither parts nor memory have to grow.
 * </ul>
 *
 * <p>Content of a known size is written directly to its key, in one request or as a multipart upload of equal parts
 * that is completed after the stream has ended correctly.
 *
 * <p>An upload of one segment, which is what all clients cause that send a blob in one PATCH or PUT, is committed by
 * one CopyObject; an upload of several by parallel UploadPartCopy requests, in equal parts that are as large as the
 * segments allow, and large enough for 5 TiB in 10,000 parts. Only a part that spans two segments or contains chunks
 * passes through this process. A commit first records itself in the state, as a lease. If its process crashes, the
 * commit can be repeated five minutes after the lease was last renewed.
 *
 * <p>Aborting deletes the state first, then everything else, including unfinished multipart uploads. Those that a
 * crashed process left are aborted by {@link dev.berth.registry.storage.s3.S3ObjectStore#dropLeftovers}, which the
 * engine calls when it removes expired uploads.
 *
 * <h2>Requirements on the service</h2>
 *
 * <p>Strong consistency, and {@code If-None-Match: *} and {@code If-Match} on PUT, also under concurrent writes.
 * Conditions on other requests are not used, since services ignore them. So an object is deleted conditionally by
 * replacing it with an empty one, which stays. If a conditional put was refused after a retry, the
 * object itself tells whether an earlier attempt succeeded: each carries the id of its writer in its metadata.
 *
 * <h2>Cost</h2>
 *
 * <p>In requests to the service, whatever else the bucket holds; {@code RequestCountTest}, {@code WholeBlobPushTest}
 * and {@code S3UploadTest} count them:
 *
 * <ul>
 *   <li>a registry's lookup or reading of a blob: 2 at the same time, for the link and the data; of a manifest by
 *       digest 2, by tag 3; a page of tags, or of the catalogue, 1. Once in ten seconds one more, which tells whether a
 *       collection runs;
 *   <li>a registry's push of a blob in one go: of up to 64 KiB 4, a look at what is there, the data, a mark and the
 *       link; of up to one part 3; of n parts n + 4. Of a manifest: 7, 6 more for each blob or manifest that it refers
 *       to, and 7 more for each tag;
 *   <li>a health check: 1;
 *   <li>starting an upload: 1; looking at it: 1;
 *   <li>an append that is small: 2, the chunk and the state. An append of n parts: n + 3; of up to one part: 2. On a
 *       node that has not dealt with the upload before, 1 more to read the state;
 *   <li>what a registry adds to each append of an upload: 3, to find the upload and its record, and to keep the hash of
 *       what has come so far in it;
 *   <li>a commit of one append: 4, of which one is the copy; of several: 5 and one for each part;
 *   <li>deleting a tree: 2 for each thousand objects.
 * </ul>
 *
 * <p>In memory: one part for each append or writing that is under way, and up to four parts in all of what appends have
 * left, so that the next ones need not read it back.
 */
@NullMarked
package dev.berth.registry.storage.s3;

import org.jspecify.annotations.NullMarked;

/*
 * The parts, for maintainers:
 *
 * - S3Clients makes the SDK's clients, OpenCheck explains what is wrong with a bucket.
 * - Bucket sends the requests for whole objects, Multipart those for parts. S3Failures translates the SDK's exceptions
 *   into those of a store. ParallelRequests and Prefetches send several requests at the same time.
 * - ObjectReading and S3Content read, ObjectWriting writes streams, BucketLister makes the pages of listings,
 *   TreeDeletion deletes.
 * - S3Upload with S3UploadAppend, SegmentWriter, UploadCommit and Assembly are the uploads, over UploadState and
 *   UploadStates. Pieces knows which objects hold their bytes, UploadCache saves requests.
 */
