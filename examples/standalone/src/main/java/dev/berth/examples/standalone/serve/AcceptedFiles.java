package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.cli.FailureReason;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.scan.accepted.Acceptances;
import dev.berth.registry.scan.gate.OpenFindings;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.ScanReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The findings that do not count, as files say that are read again when they have changed. A file that cannot be read then leaves
 * the list as it was. Thread-safe.
 */
final class AcceptedFiles implements OpenFindings {
    private static final Logger LOG = LoggerFactory.getLogger(AcceptedFiles.class);
    private static final long LARGEST = 16 << 20;

    private final List<Path> files;
    private volatile List<String> states;
    private volatile Acceptances accepted;

    private AcceptedFiles(List<Path> files, List<String> states, Acceptances accepted) {
        this.files = files;
        this.states = states;
        this.accepted = accepted;
    }

    /**
     * Reads the files.
     *
     * @throws CommandException if one cannot be read
     */
    static AcceptedFiles of(List<Path> files) {
        try {
            List<String> states = states(files);
            return new AcceptedFiles(List.copyOf(files), states, read(files));
        } catch (IOException e) {
            throw new CommandException("The setting gate.accepted is wrong: " + FailureReason.of(e) + ".");
        } catch (IllegalArgumentException e) {
            throw new CommandException("The setting gate.accepted is wrong: " + e.getMessage() + ".");
        }
    }

    private static Acceptances read(List<Path> files) throws IOException {
        Acceptances all = Acceptances.none();
        for (Path file : files) {
            if (Files.size(file) > LARGEST) {
                throw new IllegalArgumentException("the file " + file + " is too large");
            }
            try {
                all = all.and(Acceptances.read(Files.readAllBytes(file)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("the file " + file + ": " + e.getMessage(), e);
            }
        }
        all.notes().forEach(note -> LOG.warn("The list of accepted findings: {}", note));
        return all;
    }

    private static List<String> states(List<Path> files) throws IOException {
        List<String> states = new ArrayList<>();
        for (Path file : files) {
            states.add(Files.size(file) + " " + Files.getLastModifiedTime(file));
        }
        return states;
    }

    /** Reads the files again if they have changed. Returns whether the list is another one now. */
    boolean refresh() {
        try {
            List<String> now = states(files);
            if (now.equals(states)) {
                return false;
            }
            accepted = read(files);
            states = now;
            LOG.info(
                    "The list of accepted findings was read again: it has {} entries",
                    accepted.entries().size());
            return true;
        } catch (IOException e) {
            LOG.warn("The list of accepted findings stays as it was: {}", FailureReason.of(e));
        } catch (IllegalArgumentException e) {
            LOG.warn("The list of accepted findings stays as it was: {}", e.getMessage());
        }
        return false;
    }

    /** Returns the list as it is now. */
    Acceptances now() {
        return accepted;
    }

    @Override
    public List<Finding> of(RepositoryName repository, ScanReport report) {
        return accepted.judge(report, repository, Set.of(), Instant.now()).open();
    }
}
