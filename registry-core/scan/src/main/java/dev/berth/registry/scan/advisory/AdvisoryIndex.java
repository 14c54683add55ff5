package dev.berth.registry.scan.advisory;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.scan.internal.index.DamagedIndexException;
import dev.berth.registry.scan.internal.index.IndexFile;
import dev.berth.registry.scan.internal.index.IndexWriter;
import dev.berth.registry.scan.internal.osv.AdvisorySources;
import dev.berth.registry.scan.internal.osv.SourceLimits;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Advisories in the OSV schema, by ecosystem and package, in a file of a directory. Thread-safe, and several processes may use
 * one directory.
 *
 * <pre>{@code
 * AdvisoryIndex index = AdvisoryIndex.in(Path.of("/var/lib/berth/advisories"));
 * AdvisoryFacts facts = index.update(List.of(Path.of("/srv/osv")));
 * }</pre>
 *
 * <p>The index is written anew each time, beside the one that is used, and takes its place when it is on disk: whoever reads
 * the old one finishes with it, and a crash leaves it as it was. Building and reading need little memory, however many
 * advisories there are. A file that is damaged, or that another version wrote, counts as none.
 *
 * @since 0.1
 */
public final class AdvisoryIndex {
    private static final Logger LOG = LoggerFactory.getLogger(AdvisoryIndex.class);
    private static final String FILE = "advisories.index";
    private static final String WORK = "building-";
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final Path directory;
    private final AdvisoryLimits limits;
    private final InstantSource clock;
    /** Shared by all that were made of each other. */
    private final AtomicBoolean damaged;

    private AdvisoryIndex(Path directory, AdvisoryLimits limits, InstantSource clock, AtomicBoolean damaged) {
        this.directory = directory;
        this.limits = limits;
        this.clock = clock;
        this.damaged = damaged;
    }

    /** Returns the index in a directory, which is created when the index is built. It should have no other use. */
    public static AdvisoryIndex in(Path directory) {
        return new AdvisoryIndex(
                Objects.requireNonNull(directory, "directory"),
                AdvisoryLimits.defaults(),
                InstantSource.system(),
                new AtomicBoolean());
    }

    /** Returns the same index, built with other limits. */
    public AdvisoryIndex limits(AdvisoryLimits newLimits) {
        return new AdvisoryIndex(directory, Objects.requireNonNull(newLimits, "limits"), clock, damaged);
    }

    /** Returns the same index with another clock. */
    public AdvisoryIndex clock(InstantSource newClock) {
        return new AdvisoryIndex(directory, limits, Objects.requireNonNull(newClock, "clock"), damaged);
    }

    /**
     * Returns what is in the index.
     *
     * @return empty if there is none, or none that this version can read
     * @throws RegistryException with {@link ErrorCode#UNAVAILABLE} if the file cannot be read
     */
    public Optional<AdvisoryFacts> facts() {
        return state().map(IndexState::facts);
    }

    private Optional<IndexState> state() {
        try (IndexFile file = IndexFile.open(path())) {
            return IndexState.read(file.facts());
        } catch (NoSuchFileException | DamagedIndexException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed("The index of advisories in " + directory + " cannot be read", e);
        }
    }

    /**
     * Builds the index of these files and directories, unless it was built of the same ones and none of them has changed since:
     * that is told by their sizes and times.
     *
     * @param sources JSON files of one advisory each, zips of them, such as the {@code all.zip} of an ecosystem, and
     *     directories of both, however deep. Files of other kinds do not count
     * @return what is in the index now
     * @throws RegistryException with {@link ErrorCode#UNAVAILABLE} if a source is not there, or the index cannot be written,
     *     or the thread was interrupted. Then the index is as it was
     */
    public AdvisoryFacts update(List<Path> sources) {
        try {
            List<Path> files = AdvisorySources.files(sources);
            String fingerprint = fingerprint(files);
            Optional<IndexState> now = damaged.get() ? Optional.empty() : state();
            if (now.isPresent() && now.get().fingerprint().equals(fingerprint)) {
                return now.get().facts();
            }
            return build(files, fingerprint);
        } catch (IOException e) {
            throw failed("The index of advisories in " + directory + " cannot be built", e);
        }
    }

    /** Builds the index, as {@link #update}, whether or not something has changed. */
    public AdvisoryFacts build(List<Path> sources) {
        try {
            List<Path> files = AdvisorySources.files(sources);
            return build(files, fingerprint(files));
        } catch (IOException e) {
            throw failed("The index of advisories in " + directory + " cannot be built", e);
        }
    }

    private AdvisoryFacts build(List<Path> files, String fingerprint) throws IOException {
        Files.createDirectories(directory);
        removeAbandoned();
        Path work = Files.createTempDirectory(directory, WORK);
        try (IndexWriter writer = new IndexWriter(work)) {
            IndexBuild build = new IndexBuild(writer, clock.instant());
            SourceLimits bounds = new SourceLimits(limits.documentBytes(), limits.documents(), limits.bytes());
            AdvisorySources.read(files, bounds, build);
            AdvisoryFacts facts = build.facts();
            Path built = writer.finish(new IndexState(facts, fingerprint).write());
            Files.move(built, path(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            force(directory);
            damaged.set(false);
            if (facts.rejected() > 0) {
                LOG.warn(
                        "{} advisories could not be read; the first one: {}",
                        facts.rejected(),
                        facts.reasons().get(0));
            }
            return facts;
        } finally {
            remove(work);
        }
    }

    private static String fingerprint(List<Path> files) throws IOException {
        MessageDigest digest = sha256();
        for (Path file : files) {
            String line = file + "\0" + Files.size(file) + "\0"
                    + Files.getLastModifiedTime(file).toInstant() + "\n";
            digest.update(line.getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Removes what builds left behind that were killed. Others may be building, or do the same, now. */
    private void removeAbandoned() throws IOException {
        Instant limit = clock.instant().minus(ABANDONED);
        try (DirectoryStream<Path> abandoned = Files.newDirectoryStream(directory, WORK + "*")) {
            for (Path work : abandoned) {
                if (isOlder(work, limit)) {
                    remove(work);
                }
            }
        }
    }

    private static boolean isOlder(Path work, Instant limit) throws IOException {
        try {
            return Files.getLastModifiedTime(work).toInstant().isBefore(limit);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static void remove(Path work) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(work)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            return;
        }
        Files.deleteIfExists(work);
    }

    /** Makes the new name survive a crash, where the system can. */
    private static void force(Path directory) {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            LOG.debug("Directory {} cannot be forced to disk", directory, e);
        }
    }

    private Path path() {
        return directory.resolve(FILE);
    }

    /** Does something with the open index. */
    interface Use<T> {
        T with(IndexFile file, AdvisoryFacts facts) throws IOException;
    }

    /**
     * Opens the index.
     *
     * @throws RegistryException if there is none, or it cannot be read
     */
    <T> T use(Use<T> use) {
        try (IndexFile file = IndexFile.open(path())) {
            IndexState state = IndexState.read(file.facts()).orElseThrow(this::none);
            return use.with(file, state.facts());
        } catch (NoSuchFileException e) {
            throw none();
        } catch (DamagedIndexException e) {
            damaged.set(true);
            throw failed(e.getMessage() + " in " + directory + ". It has to be built again", e);
        } catch (IOException e) {
            throw failed("The index of advisories in " + directory + " cannot be read", e);
        }
    }

    private RegistryException none() {
        return RegistryException.of(
                ErrorCode.UNAVAILABLE,
                "There is no index of advisories in " + directory + " yet; it has to be built of the databases");
    }

    private static RegistryException failed(String what, IOException e) {
        // An interrupt has no message.
        String why = e.getMessage() == null ? e.toString() : e.getMessage();
        return RegistryException.of(ErrorCode.UNAVAILABLE, what + ": " + why, e);
    }

    /** Returns where it is. */
    @Override
    public String toString() {
        return path().toString();
    }
}
