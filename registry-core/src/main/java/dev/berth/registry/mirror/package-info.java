/**
 * Mirrors of other registries.
 *
 * <ul>
 *   <li>{@link dev.berth.registry.mirror.PullThrough} is a registry over an upstream registry and a local one: it brings what
 *       is asked for, keeps it within a budget, and serves it when upstream does not answer.
 *   <li>{@link dev.berth.registry.mirror.MirrorOptions} says what may be mirrored, for how long tags are fresh, and how long
 *       to wait.
 *   <li>{@link dev.berth.registry.mirror.MirrorListener} is told what happens;
 *       {@link dev.berth.registry.mirror.StaleWarnings} makes of that a header field of responses.
 * </ul>
 *
 * <p>Manifests, tags and blobs are kept in the repositories of the store, as pushed ones are. Below
 * {@code _berth/mirror/<name of the mirror>/} there are besides: {@code images/<repository>/<digest>}, a record of each
 * manifest that was brought, with what it needs; {@code blobs/<repository>/<digest>}, a marker for each blob that was;
 * {@code referrers/<repository>/<digest>}, lists of referrers; {@code used/<time>-<node>-<number>}, when images were used
 * last. The records are primary: what has none counts as pushed, and is never evicted. The lists and uses may be deleted.
 */
// For maintainers: a call comes by MirroredManifests, MirroredTags or MirroredBlobs. TagLookup decides what a tag
// names,
// ManifestFetch brings manifests, Flights blobs (Flight, FlightReader, Download, Spool), ReferrerLists and Companions
// what
// refers to an image. UpstreamCalls makes all calls of the upstream registry but the reading of blobs. Shelf has the
// budget.
@NullMarked
package dev.berth.registry.mirror;

import org.jspecify.annotations.NullMarked;
