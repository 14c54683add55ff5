/**
 * The hosting engine: {@link dev.berth.registry.engine.StorageRegistry}, a registry over an
 * {@link dev.berth.registry.storage.ObjectStore}. It knows nothing of HTTP.
 *
 * <h2>The layout</h2>
 *
 * <p>The facts are where Docker's own registry has them, below {@code docker/registry/v2/}:
 *
 * <ul>
 *   <li>{@code blobs/<algorithm>/<2 hex>/<hex>/data}: bytes of blobs and manifests, for all repositories;
 *   <li>{@code repositories/<name>/_layers/<algorithm>/<hex>/link}: a blob is in a repository;
 *   <li>{@code repositories/<name>/_manifests/revisions/<algorithm>/<hex>/link}: so is a manifest;
 *   <li>{@code repositories/<name>/_manifests/tags/<tag>/current/link}: what a tag names;
 *   <li>{@code …/revisions/<algorithm>/<hex>/berth-media-type}: the one addition, for a manifest whose bytes would be
 *       taken for another type.
 * </ul>
 *
 * <p>A link's content, not its path, names the data: {@code registry:2} keeps what was pushed with a sha512 under its
 * sha256. Something is visible only through its repository's link, and only while its data is there; both are checked
 * at every reading, at the same time where the store gains by that. Links that are empty or cut, and data that is,
 * count as missing, and are mended by the next push.
 *
 * <p>Everything else is below {@code _berth/}:
 *
 * <ul>
 *   <li>{@code uploads/<id>/}: a record, and what the store keeps of the bytes;
 *   <li>{@code index/repositories/<name>}, {@code index/tags/<name>/<tag>}: what listings page through; the names are
 *       encoded so that the order of the keys is the order of the names;
 *   <li>{@code index/tagged/<name>/<digest>/<tag>}: so that deleting a manifest costs its own tags;
 *   <li>{@code index/referrers/<name>/<subject>/<digest>}: so that listing referrers costs those of one subject;
 *   <li>{@code index/references/<digest>/<name>/<manifest>}: for collection: what still needs these bytes;
 *   <li>{@code index/holders/<digest>/<name>}: where a blob can be mounted from;
 *   <li>{@code index/repairs/<id>}: intents to remove from the index;
 *   <li>{@code index/format}: whether the index is complete;
 *   <li>{@code collection/}: what collection is about to remove.
 * </ul>
 *
 * <h2>The order of writes</h2>
 *
 * <p>A store has no transactions; what holds after a crash at any point, and under any interleaving of several
 * processes, is a matter of order. The invariants: what was acknowledged is in every reading and listing, what was not
 * is in none, but for a mark that may be left over (a ghost) until it is looked at.
 *
 * <ul>
 *   <li>Pushing a blob: data, the holder's mark, the link.
 *   <li>Pushing a manifest: check what it refers to; data; marks, also of tags that name it already; link; check again
 *       what it refers to, and take the link back if something has gone; look at the marks again, and write again those
 *       that are gone; tags; answer.
 *   <li>Setting a tag: marks; link, on the caller's condition; look at the marks again; then look whether the manifest
 *       is still there, and link it again if a deletion that had not seen the tag yet has taken it away.
 *   <li>Deleting a tag: an intent; retire the link if it still is what it was; remove the marks; look at the link again
 *       and restore the marks if it is back. A tag that was moved meanwhile was moved after the
 *       deletion, and stays.
 *   <li>Deleting a manifest: an intent; its tags, each as above; the link; its marks, and those of the repository if it
 *       was the last; look at the link and tags again.
 * </ul>
 *
 * <p>Whoever writes a mark again because it had gone looks once more at what it stands for, which may have gone with
 * it.
 *
 * <p>So a mark is missing only while a deletion is between removing it and looking again, or a push between setting
 * what it stands for and looking again. Should a process die just there, the deletion's intent says what to look at: at
 * the next start of any process, and by {@link dev.berth.registry.engine.StorageRegistry#maintain}, which also drops
 * intents that are over. Who only drops a ghost that was looked at writes an intent first as well: it may come to life
 * just then. A push that fails takes the marks of its tags and its repository back in the same way, so that nothing of
 * it is listed; only where the storage has no room for an intent, it does without one.
 *
 * <h2>Collection</h2>
 *
 * <p>Deletion unlinks; bytes are removed by collection only, of which every push keeps the rules already:
 *
 * <ol>
 *   <li>A collection writes {@code collection/running}, and waits until every process has noticed
 *       (ten seconds, and the longest request).
 *   <li>It writes a mark below {@code collection/condemned/} for data without references. From then on, finding,
 *       committing and mounting treat that data as absent; pushing it again writes it anew and removes the mark.
 *   <li>It waits for longer than any request may take, reads the references and the mark again, and removes links, then
 *       data, within a stated time of that.
 *   <li>A push of a manifest writes its references first and looks for data and marks after; so either collection sees
 *       the reference, or the push sees the mark, takes the manifest back, and answers that the blob is unknown: the
 *       client pushes it again.
 * </ol>
 */
@NullMarked
package dev.berth.registry.engine;

import org.jspecify.annotations.NullMarked;
