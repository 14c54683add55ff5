package dev.berth.examples.standalone;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the registry runs with.
 *
 * @param listen where
 * @param storage over what
 * @param tls with which certificate; empty for plain HTTP
 * @param deleteEnabled whether clients may delete
 * @param readOnly whether clients may only pull
 * @param validation what a manifest is checked for when it is pushed
 * @param directDownload whether clients are sent to the storage for blobs, where it has addresses to give
 * @param uploads what to do about uploads that nobody finishes
 * @param drainTimeout how long running transfers may take to finish when it stops
 * @param accessLog whether each request is logged
 * @param logLevel what else is logged
 * @param notes sentences about settings that have no effect here
 */
record Settings(
        ListenAddress listen,
        Storage storage,
        Optional<Tls> tls,
        boolean deleteEnabled,
        boolean readOnly,
        Validation validation,
        boolean directDownload,
        Uploads uploads,
        Duration drainTimeout,
        boolean accessLog,
        String logLevel,
        List<String> notes) {

    /** A certificate chain and its key, in PEM files. */
    record Tls(Path certificate, Path key) {}

    /**
     * What a manifest is checked for when it is pushed.
     *
     * @param blobs whether the config and layers of an image must be there
     * @param manifests whether the manifests of an index must be there
     */
    record Validation(boolean blobs, boolean manifests) {}

    /**
     * What to do about uploads that nobody finishes.
     *
     * @param purge whether they are dropped at all
     * @param age after how long
     * @param interval how often they are looked for
     */
    record Uploads(boolean purge, Duration age, Duration interval) {}
}
