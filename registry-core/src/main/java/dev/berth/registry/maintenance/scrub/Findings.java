package dev.berth.registry.maintenance.scrub;

import java.io.IOException;

/** Takes what the checks find. */
interface Findings {
    /** Takes a problem. */
    void add(ScrubFinding finding) throws IOException;

    /** Counts data that was hashed. */
    void hashed(long bytes);
}
