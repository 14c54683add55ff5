package dev.berth.examples.standalone.serve;

import dev.berth.registry.scan.report.Scanner;

/**
 * A scanner of a server, and what it needs to be kept up to date. Starting it begins to look for new advisories.
 */
interface ServedScanner extends AutoCloseable {

    /** Returns the scanner. */
    Scanner scanner();

    /**
     * Begins.
     *
     * @param ready is called when images can be scanned, and again each time when it would find something else
     */
    void start(Runnable ready);

    @Override
    void close();
}
