/**
 * A registry in an object store: keys, links, data, the index, the repair journal, and the marks of collection. Shared by
 * the engine and maintenance, which get the parts from {@link dev.berth.registry.internal.store.RegistryStore}.
 *
 * <h2>Layout</h2>
 *
 * <p>The facts have the keys of {@code registry:2}, below {@code docker/registry/v2/}:
 *
 * <ul>
 *   <li>{@code blobs/<algorithm>/<2 hex>/<hex>/data}: the bytes of blobs and manifests, for all repositories;
 *   <li>{@code repositories/<name>/_layers/<algorithm>/<hex>/link}: the repository has this blob;
 *   <li>{@code repositories/<name>/_manifests/revisions/<algorithm>/<hex>/link}: the repository has this manifest;
 *   <li>{@code repositories/<name>/_manifests/tags/<tag>/current/link}: the manifest that the tag names;
 *   <li>{@code …/revisions/<algorithm>/<hex>/berth-media-type}: the only addition, for a manifest whose bytes would be
 *       taken for another media type.
 * </ul>
 *
 * <p>The content of a link names the data, not its path: {@code registry:2} stores what was pushed with a sha512 under its
 * sha256. Content is visible only through a link of the repository, and only while its data exists. Every read checks
 * both, at the same time if the latency of the store makes that worthwhile. Links that are empty or cut, and data that is
 * empty, count as missing; the next push repairs them.
 *
 * <p>Everything else is below {@code _berth/}:
 *
 * <ul>
 *   <li>{@code uploads/<id>/}: the record of an upload, and its bytes as the store keeps them;
 *   <li>{@code index/repositories/<name>}, {@code index/tags/<name>/<tag>}: listings page through these; names are
 *       encoded so that the order of the keys is the order of the names;
 *   <li>{@code index/tagged/<name>/<digest>/<tag>}: the tags of a manifest, so that deleting it costs only these;
 *   <li>{@code index/referrers/<name>/<subject>/<digest>}: the referrers of a subject, so that listing them costs only
 *       these;
 *   <li>{@code index/references/<digest>/<name>/<manifest>}: the manifests that need this content; for collection;
 *   <li>{@code index/holders/<digest>/<name>}: the repositories from which a blob can be mounted;
 *   <li>{@code index/repairs/<id>}: the repair journal;
 *   <li>{@code index/format}: the version of the index, and whether it is complete;
 *   <li>{@code collection/}: what a collection is about to delete.
 * </ul>
 *
 * <h2>Order of writes</h2>
 *
 * <p>An object store has no transactions. What holds after a crash at any point, and under any interleaving of several
 * processes, follows from the order of writes. The invariants: every read and listing contains what was acknowledged, and
 * none contains what was not; except that an index entry without a fact (a ghost) may be left until it is checked.
 *
 * <ul>
 *   <li>Pushing a blob: the data, the holder entry, the link.
 *   <li>Pushing a manifest: check the content it refers to; write the data; write its index entries, and those of tags
 *       that name it already; write the link; check the content again, and delete the link if something has gone; check
 *       the entries, and write those again that have gone; set the tags; answer.
 *   <li>Setting a tag: write the entries; write the link, on the condition of the caller; check the entries; check that
 *       the manifest exists, and link it again if it was deleted by a process that had not seen the tag yet.
 *   <li>Deleting a tag: write a journal entry; delete the link if it is unchanged; delete the index entries; check the
 *       link, and write the entries again if it is back. A tag that was moved meanwhile was moved after the deletion, and
 *       stays.
 *   <li>Deleting a manifest: write a journal entry; delete its tags, each as above; delete the link; delete its index
 *       entries, and that of the repository if it was the last manifest; check the link and the tags again.
 * </ul>
 *
 * <p>A process that writes an entry again because it had gone checks once more the fact it stands for, which may have
 * gone as well.
 *
 * <p>So an entry is missing only while a deletion is between deleting it and checking the fact again, or a push is between
 * writing the fact and checking the entry. If a process dies at that point, the journal entry of the deletion says what to
 * check. The journal is replayed at the start of any process and by maintenance, which also deletes old journal entries.
 * Deleting a ghost takes a journal entry as well, since its fact may be written at the same time. A push that fails deletes
 * the entries of its tags and its repository in the same way, so that nothing of it is listed; only if the storage has no
 * room for a journal entry, it goes on without one.
 *
 * <h2>Collection</h2>
 *
 * <p>Deleting removes links. Only a collection deletes data. Every push already follows its rules:
 *
 * <ol>
 *   <li>A collection writes {@code collection/running}, and waits until every process has noticed (ten seconds, and the
 *       duration of the longest request).
 *   <li>It writes a mark below {@code collection/condemned/} for data without references. From then on, finding,
 *       committing and mounting treat that data as absent. Pushing it again writes it again and deletes the mark.
 *   <li>It waits for longer than any request may take, reads the references and the mark again, and deletes links, then
 *       data, within a stated time of that.
 *   <li>A push of a manifest writes its references first, and checks data and marks after that. So either the collection
 *       sees the reference, or the push sees the mark, deletes the manifest, and answers that the blob is unknown; the
 *       client then pushes the blob again.
 * </ol>
 */
@NullMarked
package dev.berth.registry.internal.store;

import org.jspecify.annotations.NullMarked;
