/**
 * A journal of changes of files. A change is durable as soon as the journal is, by one sync for all that requests write at
 * the same time; only then it is made. The files and directories themselves are synced later, many together.
 *
 * <p>{@link dev.berth.registry.storage.fs.journal.Journal} writes it, and
 * {@link dev.berth.registry.storage.fs.journal.JournalRecovery} makes durable what a crash left of it.
 */
@NullMarked
package dev.berth.registry.storage.fs.journal;

import org.jspecify.annotations.NullMarked;

/*
 * The files: N.journal, of which two are in use at most. Each is a Segment: a SegmentHeader, then frames, one for each
 * Group of callers that wrote together, of entries as EntryCodec makes them. JournalReader reads them. The header's number
 * says which segment is the earlier one, and goes into the checksums, so that frames of an earlier use of the file do not
 * count. A Checkpoint syncs the files that a segment is about. DiskSync is what the system has for syncing.
 */
