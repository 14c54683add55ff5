/**
 * Any registry in the world, seen through the same interface as one's own:
 * {@link dev.berth.registry.client.RemoteRegistry}, made with {@link dev.berth.registry.client.RemoteOptions}.
 *
 * <p>From the outside in:
 *
 * <ul>
 *   <li>what a {@link dev.berth.registry.Registry} has, over HTTP: {@code RemoteManifests}, {@code RemoteTags} and
 *       {@code RemoteBlobs}, with {@code ManifestPush} and {@code FallbackReferrers} for what a push of a manifest takes,
 *       {@code BlobPush} and {@code RemoteUpload} for blobs on their way in, {@code RemoteContent} for those on their way
 *       out, {@code RemotePages} for listings;
 *   <li>{@code ApiClient} makes every call: an {@code ApiRequest} may take several attempts ({@code RetryAttempts}), each with
 *       redirects ({@code Redirects}), and ends in a response or in an exception ({@code ErrorResponses});
 *   <li>{@code OriginAuthorizer} says who is there, as a {@code Challenge} wants it, with tokens from a
 *       {@code TokenClient} that a {@code TokenCache} keeps;
 *   <li>the credentials come from {@link dev.berth.registry.client.credentials}, the connections from
 *       {@code internal.transport}, the grammar of the API from {@code internal.wire}.
 * </ul>
 */
@NullMarked
package dev.berth.registry.client;

import org.jspecify.annotations.NullMarked;
