package dev.berth.registry.storage.fs.journal;

/** A segment that has entries, and how many callers may not have made their changes yet. Guarded by the journal's lock. */
final class SegmentInUse {
    final Segment segment;
    int holds;

    SegmentInUse(Segment segment) {
        this.segment = segment;
    }
}
