/**
 * Any registry over HTTP, seen through the same interface as one in this process.
 *
 * <ul>
 *   <li>{@link dev.berth.registry.client.RemoteRegistry} is the registry.
 *   <li>{@link dev.berth.registry.client.RemoteOptions} says how it connects and authenticates;
 *       {@link dev.berth.registry.client.RetryPolicy} how transient failures are retried.
 *   <li>{@link dev.berth.registry.client.credentials} finds credentials.
 * </ul>
 */
// For maintainers, from the outside in:
// - What a registry has, over HTTP: RemoteManifests, RemoteTags, RemoteBlobs; ManifestPush and FallbackReferrers push a
//   manifest, BlobPush and RemoteUpload push blobs, RemoteContent reads them, RemotePages pages through listings.
// - ApiClient makes every call: an ApiRequest may take several attempts (RetryAttempts), each with redirects (Redirects), and
//   ends in a response or in an exception (ErrorResponses).
// - OriginAuthorizer authenticates as a Challenge demands, with tokens from a TokenService that a TokenCache keeps.
// - Connections come from internal.transport, the grammar of the API from internal.wire.
@NullMarked
package dev.berth.registry.client;

import org.jspecify.annotations.NullMarked;
