package dev.berth.registry.scan.format.source;

import java.io.IOException;

/** Reads the packages that a file names. Thread-safe. */
public interface PackageReader {

    /**
     * Adds the packages that the file names to the findings.
     *
     * @throws UnreadableException if the file is not what its name says
     * @throws ScanStoppedException if a limit of the layer is reached
     * @throws IOException if it is damaged, or reading it fails
     */
    void read(FileContent file, Findings findings) throws IOException;
}
