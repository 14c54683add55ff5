package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.AccessSettings;
import dev.berth.registry.access.Grants;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.audit.AuditOrigin;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The teams and grants of a configuration file, which is read again when it changes. Whoever asks looks at the file, at most
 * once a second. A file that is wrong, or absent for a moment, changes nothing but a line in the log. Thread-safe.
 */
final class ReloadedGrants implements Supplier<Grants> {
    private static final Logger LOG = LoggerFactory.getLogger(ReloadedGrants.class);
    private static final long INTERVAL_MILLIS = 1000;

    private final Path file;
    private final Supplier<Optional<AccessSettings>> reader;
    private final AuditListener audit;
    private final Clock clock;
    private final AtomicReference<Look> last;
    private volatile AccessSettings current;

    /**
     * A look at the file.
     *
     * @param millis when
     * @param version what was found; null for nothing
     * @param settled whether a later change would have another version
     * @param problem what was wrong with it; empty if it was good
     */
    private record Look(long millis, @Nullable FileVersion version, boolean settled, String problem) {}

    /**
     * @param file the file
     * @param first the settings that were read from it before
     * @param reader reads them again
     * @param audit is told of changes
     */
    ReloadedGrants(
            Path file,
            AccessSettings first,
            Supplier<Optional<AccessSettings>> reader,
            AuditListener audit,
            Clock clock) {
        this.file = file;
        this.current = first;
        this.reader = reader;
        this.audit = AuditListener.guarded(audit);
        this.clock = clock;
        // It may have changed since it was read, so that the first request reads it again.
        this.last = new AtomicReference<>(new Look(clock.millis() - INTERVAL_MILLIS, null, false, ""));
    }

    /** Returns the grants that are in force now. */
    @Override
    public Grants get() {
        Look before = last.get();
        long now = clock.millis();
        if (Math.abs(now - before.millis) >= INTERVAL_MILLIS) {
            Look claim = new Look(now, before.version, before.settled, before.problem);
            // One looks; the others go on with what is in force.
            if (last.compareAndSet(before, claim)) {
                last.set(look(claim));
            }
        }
        return current.grants();
    }

    private Look look(Look before) {
        FileVersion version = FileVersion.of(file).orElse(null);
        if (before.settled && Objects.equals(version, before.version)) {
            return before;
        }
        boolean settled = version == null || !version.mayHideAChange(clock.instant());
        String problem = readAgain();
        if (!problem.isEmpty() && !problem.equals(before.problem)) {
            LOG.warn("What {} says about access is not in force; what it said before is: {}", file, problem);
        }
        return new Look(before.millis, version, settled, problem);
    }

    /** Reads the file, and puts it into force if it is good. Returns what is wrong otherwise. */
    private String readAgain() {
        AccessSettings read;
        try {
            Optional<AccessSettings> section = reader.get();
            if (section.isEmpty()) {
                return "The section access is not there any more; restart to serve without it.";
            }
            read = section.get();
        } catch (CommandException e) {
            return String.valueOf(e.getMessage());
        } catch (RuntimeException e) {
            LOG.debug("The configuration file {} cannot be read", file, e);
            return "It cannot be read: " + e.getClass().getSimpleName() + ".";
        }
        AccessSettings before = current;
        current = read;
        if (!read.grants().toString().equals(before.grants().toString())
                || !read.grants()
                        .teams()
                        .toString()
                        .equals(before.grants().teams().toString())) {
            LOG.info("What {} says about access has changed, and is in force", file);
            audit.on(new AuditEvent(
                    clock.instant(),
                    AuditEvent.Type.CHANGE,
                    AuditOrigin.ofProcess("berth serve"),
                    "",
                    "configuration",
                    AuditEvent.Outcome.DONE,
                    "teams and grants were read again"));
        }
        if (!read.equalsButForGrants(before)) {
            LOG.warn(
                    "What {} says about access besides organisations, teams, grants and public repositories counts from"
                            + " the next start on",
                    file);
        }
        return "";
    }
}
