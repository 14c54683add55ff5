/**
 * Keeping a store in order: {@link dev.berth.registry.maintenance.Collector} removes what nobody needs, while images are pushed,
 * pulled, mounted and deleted.
 *
 * <p>Each digest of data may have a mark, which moves by conditional changes only: none → condemned → deleting → none, and condemned
 * → none by whoever needs the data. A mark covers the data with all links to it, or the links of some repositories. The index
 * has an entry for each reference, holder and manifest, written before the link that makes it true; entries lead to the links,
 * which decide.
 *
 * <p><b>Who may rely on what.</b> Whoever tells a client that data exists, or is about to link it or something that refers to it,
 * reads the mark first. If there is none, or a condemned one was removed, that may be relied on for a moment (TRUST). Whoever
 * takes longer, measured to when what was written is durable, reads the mark again, and then whether everything is there, before
 * it answers. Whoever finds a mark that is deleting takes the data for absent, or waits for the end and writes everything
 * anew.
 *
 * <p><b>Why the last look sees everything.</b> It begins when this collection has seen the mark condemned, unchanged, for twice
 * that moment by a clock that cannot be set. Whoever relied on the data before it was condemned has either linked by then
 * what refers to it, and the look sees that; or has taken too long, and reads the mark again. Whoever read the mark since
 * then has removed it, and the change to deleting, which is conditional on the version that was seen, fails. So the look,
 * followed by this change, proves that nobody relies on the data, and that nobody will until the mark is gone.
 *
 * <p><b>Why nothing is deleted after the mark is gone.</b> Only the collection that has moved a mark to deleting deletes what it
 * covers, in that order: links and references, other entries, the data, then the mark. It begins no call of the store later than a
 * minute after that, by a clock that cannot be set. Whoever finds a mark that is deleting for longer than any call may live takes
 * it over, by a conditional change.
 *
 * <p><b>Why nothing is kept.</b> Whatever may make garbage leaves a candidate before, or in the same batch: a push, a mount, a
 * deletion, a rescue. A candidate goes when a look finds that it is needed, or once it is condemned. What is missed, by a crash
 * between two steps or by another program, is found by looking at everything, which merges the sorted listings of the data and
 * the index, in constant memory.
 */
@NullMarked
package dev.berth.registry.maintenance;

import org.jspecify.annotations.NullMarked;
