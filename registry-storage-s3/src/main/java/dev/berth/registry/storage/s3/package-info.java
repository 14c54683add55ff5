/**
 * A store in a bucket of S3 or of a service that speaks its language:
 * {@link dev.berth.registry.storage.s3.S3ObjectStore}, opened with
 * {@link dev.berth.registry.storage.s3.S3StorageOptions}. The bucket is the database: any number of processes over it
 * agree on nothing else, and none of them keeps anything that another one would miss.
 *
 * <h2>What is kept where</h2>
 *
 * <p>An object of the store is an object of the bucket, its key the store's prefix and the key. An upload is kept below
 * its staging key:
 *
 * <ul>
 *   <li>{@code state}: what the upload consists of, some lines of text. Every change of an upload is one conditional
 *       put of it, on its version: so of several who change it, on whatever nodes, exactly one succeeds, and the others
 *       take back what they have written.
 *   <li>{@code chunks/<writer>/<offset>}: an append that does not fill a part, as it came.
 *   <li>{@code segments/<id>}: an append that does, as one object made by a multipart upload of equal parts (8 MiB
 *       unless set otherwise), begun where a part begins. What was in chunks of the part that is now full is written
 *       once more, and never again. A segment ends after 5 GiB at the latest, so the limit of 10,000 parts is never met
 *       here, nor do parts have to grow, and with them memory.
 * </ul>
 *
 * <p>What is written in one go, of a known size, is sent to its key at once, in one request or as a multipart upload of
 * equal parts that is completed when the stream has ended as it should.
 *
 * <p>An upload of one segment, as of all clients that send a blob in one PATCH or PUT, is committed by one CopyObject;
 * one of several by parallel UploadPartCopy, in equal parts that are as large as the segments allow, and large enough
 * for 5 TiB in 10,000. Only a part that lies in two segments, or has chunks in it, comes through this process. Whoever
 * commits says so in the state first; should it die, others may commit again five minutes after its last sign of life.
 *
 * <p>Aborting deletes the state first, then everything else, open multipart uploads included. What a process has left
 * open that died is given up by {@link dev.berth.registry.storage.s3.S3ObjectStore#dropLeftovers}, which the engine
 * calls when it drops expired uploads.
 *
 * <h2>What is asked of the service</h2>
 *
 * <p>Consistency, and {@code If-None-Match: *} and {@code If-Match} on PUT, kept also when several write at the same
 * time. Conditions of other requests are not used: services ignore them. So an object is deleted conditionally by
 * replacing it with an empty one, which stays. When a conditional put was answered with a refusal, but had to be sent again, the object
 * itself tells whether an earlier attempt had won: each carries the name of its writer in its metadata.
 *
 * <h2>What it costs</h2>
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
 *
 * <h2>How it is made</h2>
 *
 * <ul>
 *   <li>{@code S3Clients} makes the SDK's clients, {@code OpenCheck} says what is wrong with a bucket.
 *   <li>{@code Bucket} sends the requests for whole objects, {@code Multipart} those for parts; {@code S3Failures} turns
 *       the SDK's exceptions into those of a store, {@code ParallelRequests} and {@code Prefetches} send several requests at
 *       once.
 *   <li>{@code ObjectReading} and {@code S3Content} read, {@code ObjectWriting} writes streams, {@code BucketLister} makes
 *       the pages of listings, {@code TreeDeletion} deletes.
 *   <li>{@code S3Upload} with {@code S3UploadAppend}, {@code SegmentWriter}, {@code UploadCommit} and {@code Assembly}
 *       are the uploads, over {@code UploadState} and {@code UploadStates}; {@code Pieces} knows which objects have
 *       their bytes, {@code UploadMemory} saves requests.
 * </ul>
 */
@NullMarked
package dev.berth.registry.storage.s3;

import org.jspecify.annotations.NullMarked;
