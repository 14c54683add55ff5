package dev.berth.registry.maintenance.scrub;

import dev.berth.registry.Digest;
import java.io.IOException;

/** Takes what the checks find. */
interface Findings {
    /** Takes a problem. */
    void add(ScrubFinding finding) throws IOException;

    /** Returns whether damaged data of this digest was moved aside in this round, so that it is known to be missing. */
    boolean isKnown(Digest data);

    /** Counts data that was hashed. */
    void hashed(long bytes);
}
