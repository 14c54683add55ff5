/**
 * Any registry over HTTP, seen through the same interface as one in this process.
 *
 * <ul>
 *   <li>{@link dev.berth.registry.client.RemoteRegistry} is the registry.
 *   <li>{@link dev.berth.registry.client.RemoteOptions} says how it connects and authenticates;
 *       {@link dev.berth.registry.client.RetryPolicy} how transient failures are retried.
 *   <li>{@link dev.berth.registry.client.credentials} finds credentials, {@link dev.berth.registry.client.limit} has what
 *       registries say about how many requests they take.
 * </ul>
 */
// For maintainers, from the outside in:
// - What a registry has, over HTTP: RemoteManifests, RemoteTags, RemoteBlobs; RemoteManifestPush and FallbackReferrers
// push
//   a manifest, RemoteBlobPush and RemoteUpload push blobs, RemoteBlobContent reads them, RemotePages pages through
// listings.
// - ApiClient makes every call, and retries it (RetryAttempts); error responses become exceptions
// (ErrorResponseReader).
// - RedirectedExchange follows redirects, AuthenticatedExchange authenticates, RequestSender sends.
// - client.auth answers challenges, client.credentials finds credentials, client.http has what both this package and
//   client.auth need. Each of them knows nothing of this package.
// - Connections come from internal.transport, the grammar of the API from internal.wire.
@NullMarked
package dev.berth.registry.client;

import org.jspecify.annotations.NullMarked;
