package dev.berth.registry.account;

import dev.berth.registry.internal.file.FileVersion;
import dev.berth.registry.server.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The users of an htpasswd file, as {@code htpasswd -B} writes it: with passwords that are hashed by bcrypt.
 *
 * <p>A change of the file counts for the next request. What is wrong in the file keeps {@link #open} from returning.
 * After a change, a user with a wrong line cannot log in, the others can, and the log names the line. While the file is
 * absent or cannot be read, the users that were known before stay, and the log says so once: an editor that replaces the
 * file locks nobody out. Thread-safe.
 *
 * @since 0.1
 */
public final class HtpasswdFile implements Accounts {
    private static final Logger LOG = LoggerFactory.getLogger(HtpasswdFile.class);

    private static final Duration REMEMBERED = Duration.ofMinutes(5);
    private static final int DEFAULT_COST = 10;
    private static final long LONGEST_FILE = 16 << 20;

    private final Path file;
    private final InstantSource clock;
    private final PasswordCheck check;
    private volatile Content content;

    private record Content(@Nullable FileVersion version, HtpasswdLines lines, PasswordHash dummy, boolean reported) {}

    private HtpasswdFile(Path file, InstantSource clock, PasswordCheck check, Content content) {
        this.file = file;
        this.clock = clock;
        this.check = check;
        this.content = content;
    }

    /**
     * Opens a file.
     *
     * @throws IOException if the file cannot be read
     * @throws IllegalArgumentException if lines of it are wrong; the message names each
     */
    public static HtpasswdFile open(Path file) throws IOException {
        return open(file, InstantSource.system());
    }

    /** Opens a file as {@link #open(Path)}, with a clock for the age of remembered passwords. */
    static HtpasswdFile open(Path file, InstantSource clock) throws IOException {
        Objects.requireNonNull(file, "file");
        FileVersion version = FileVersion.of(file);
        HtpasswdLines lines = read(file, version);
        if (!lines.problems().isEmpty()) {
            throw new IllegalArgumentException(described(file, lines.problems()));
        }
        PasswordCheck check = new PasswordCheck(new VerifiedPasswords(clock, REMEMBERED));
        return new HtpasswdFile(file, clock, check, withDummy(version, lines));
    }

    private static Content withDummy(FileVersion version, HtpasswdLines lines) {
        return new Content(version, lines, PasswordHash.of("", lines.highestCost(DEFAULT_COST)), false);
    }

    private static HtpasswdLines read(Path file, FileVersion version) throws IOException {
        if (version.size() > LONGEST_FILE) {
            throw new IOException("The file " + file + " has " + version.size() + " bytes; an htpasswd file may have "
                    + LONGEST_FILE);
        }
        return HtpasswdLines.parse(Files.readAllBytes(file));
    }

    private static String described(Path file, List<String> problems) {
        return "The file " + file + " has lines that are wrong: " + String.join("; ", problems);
    }

    @Override
    public Optional<Account> authenticate(String name, String password) {
        Content now = current();
        Optional<PasswordHash> hash = Optional.ofNullable(now.lines.users().get(name));
        return check.matches(name, password, hash, now.dummy)
                ? hash.map(known -> account(name, known))
                : Optional.empty();
    }

    @Override
    public Optional<Account> find(String subject) {
        return Optional.ofNullable(current().lines.users().get(subject)).map(hash -> account(subject, hash));
    }

    @Override
    public boolean ownsName(String name) {
        return current().lines.users().containsKey(name);
    }

    private static Account account(String name, PasswordHash hash) {
        return Account.of(Caller.named(name), hash.version());
    }

    /** Returns the users of the file as it is now. */
    private Content current() {
        Content known = content;
        try {
            FileVersion version = FileVersion.of(file);
            if (version.equals(known.version) && !version.mayHideAChange(clock.instant())) {
                return known;
            }
            return update(known, version);
        } catch (IOException e) {
            return unreadable(known, e);
        }
    }

    private Content update(Content known, FileVersion version) throws IOException {
        HtpasswdLines lines = read(file, version);
        if (lines.equals(known.lines)) {
            Content same = new Content(version, known.lines, known.dummy, false);
            content = same;
            return same;
        }
        if (!lines.problems().isEmpty()) {
            LOG.warn("{}; these users cannot log in", described(file, lines.problems()));
        }
        int cost = lines.highestCost(DEFAULT_COST);
        Content updated = cost == known.dummy.cost()
                ? new Content(version, lines, known.dummy, false)
                : withDummy(version, lines);
        content = updated;
        return updated;
    }

    private Content unreadable(Content known, IOException e) {
        if (!known.reported) {
            LOG.warn(
                    "The file {} {}; the users that were in it before can log in until it is back",
                    file,
                    e instanceof NoSuchFileException ? "is gone" : "cannot be read: " + e.getMessage());
            content = new Content(null, known.lines, known.dummy, true);
        }
        return content;
    }

    /** Returns a text with the path of the file. */
    @Override
    public String toString() {
        return "HtpasswdFile " + file;
    }
}
