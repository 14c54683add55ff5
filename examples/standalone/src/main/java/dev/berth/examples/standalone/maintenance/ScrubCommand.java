package dev.berth.examples.standalone.maintenance;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.cli.Version;
import dev.berth.examples.standalone.configuration.ScrubReader;
import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.examples.standalone.serve.Logging;
import dev.berth.examples.standalone.serve.StorageFlags;
import dev.berth.registry.maintenance.scrub.Quarantine;
import dev.berth.registry.maintenance.scrub.QuarantinedBlob;
import dev.berth.registry.maintenance.scrub.Scrub;
import dev.berth.registry.maintenance.scrub.ScrubFinding;
import dev.berth.registry.maintenance.scrub.ScrubListener;
import dev.berth.registry.maintenance.scrub.ScrubOptions;
import dev.berth.registry.maintenance.scrub.ScrubReport;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code berth scrub}: looks for damage in a storage. */
@Command(
        name = "scrub",
        description = {
            "Hashes all blobs and manifests and checks all links, as 'serve' does once a",
            "week. What is damaged is moved aside, into a quarantine in the storage: the",
            "registry answers that it does not exist, so that it can be pushed again.",
            "Everything found is printed, with the images that are affected; the exit code",
            "is 1 then. May be interrupted, and continues when it is run again. Registries",
            "may serve a bucket meanwhile. No other process may use a directory.",
            ""
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        versionProvider = Version.class)
public final class ScrubCommand implements Callable<Integer> {
    @Mixin
    private final StorageFlags flags = new StorageFlags();

    @Option(
            names = "--rate",
            paramLabel = "SIZE",
            description = {
                "How much to read in a second at most, such as",
                "50MB; everything that the storage gives by",
                "default."
            })
    private @Nullable String rate;

    @Option(
            names = "--quarantine",
            paramLabel = "list|drop",
            description = {"Do not look for damage: list what was moved aside,", "or remove it."})
    private @Nullable String quarantine;

    @Override
    public Integer call() throws IOException {
        if (quarantine != null && !quarantine.equals("list") && !quarantine.equals("drop")) {
            throw new CommandException("'" + quarantine + "' is not possible for --quarantine; use list or drop.");
        }
        ScrubOptions.Builder options = ScrubOptions.builder().listener(new Printer());
        if (rate != null) {
            options.bytesPerSecond(ScrubReader.rate("--rate", rate));
        }
        Settings settings = flags.read();
        StorageFlags.requireStorage(settings, "check");
        Logging.turnOff(Scrub.class);
        try (ObjectStore store = settings.storage().open()) {
            if (quarantine != null) {
                return look(Quarantine.of(store), quarantine);
            }
            return scrub(store, options.build());
        }
    }

    private static int look(Quarantine quarantine, String action) {
        if (action.equals("drop")) {
            System.out.println("Removed from the quarantine: " + quarantine.clear());
            return 0;
        }
        for (Iterator<QuarantinedBlob> all = quarantine.list(); all.hasNext(); ) {
            QuarantinedBlob blob = all.next();
            System.out.println(blob.digest() + "  " + blob.since() + "  " + blob.size() + " bytes  " + blob.key());
        }
        return 0;
    }

    private static int scrub(ObjectStore store, ScrubOptions options) {
        try (Scrub scrub = Scrub.over(store, options)) {
            ScrubReport report = scrub.run();
            if (report.elsewhere()) {
                throw new CommandException(
                        "Another process is checking this storage, or was a moment ago; let it go on,"
                                + " or try again in two minutes.");
            }
            if (report.finished().isEmpty()) {
                throw new CommandException("The check was stopped; it continues when it is run again.");
            }
            System.out.println("Checked " + counts(report) + ": "
                    + (report.problems() == 0 ? "nothing is wrong." : Amounts.of(report.problems(), "problem") + "."));
            return report.problems() == 0 ? 0 : 1;
        }
    }

    private static String counts(ScrubReport report) {
        return String.format(
                Locale.ROOT,
                "%,d links and %,d blobs and manifests with %,d bytes",
                report.links(),
                report.blobs(),
                report.bytes());
    }

    /** Prints what is found at once, and from time to time how far the check is. */
    private static final class Printer implements ScrubListener {
        private static final long INTERVAL_NANOS = 10_000_000_000L;

        private long told = System.nanoTime();

        @Override
        public void onFinding(ScrubFinding finding) {
            System.out.println(finding);
        }

        @Override
        public void onProgress(ScrubReport soFar) {
            long now = System.nanoTime();
            if (now - told >= INTERVAL_NANOS) {
                told = now;
                System.err.println("Checked so far: " + counts(soFar));
            }
        }
    }
}
