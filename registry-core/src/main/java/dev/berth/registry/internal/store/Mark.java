package dev.berth.registry.internal.store;

import dev.berth.registry.RepositoryName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What a collection has noted about the data of a digest: what of it is going to be removed, and how far that is. Stored as
 * lines of text.
 *
 * @param state how far the removal is
 * @param owner which collection noted it
 * @param since when it did, by its clock. For people, and for the wait of a grace period; safety never depends on it
 * @param data whether the data itself is to be removed, and with it every link to it
 * @param repositories the repositories whose links are to be removed
 */
public record Mark(State state, Owner owner, Instant since, boolean data, Set<RepositoryName> repositories) {
    private static final String VERSION = "berth-mark 1";

    /** How long the names of its repositories may be together. */
    private static final int LONGEST_NAMES = 3_000;

    /** How far a removal is. */
    public enum State {
        /** Nothing has been removed. Whoever needs the data rescues it by removing the mark. */
        CONDEMNED,
        /** The owner removes it now. Nobody else may rely on it, or write it, until the mark is gone. */
        DELETING
    }

    /**
     * A collection.
     *
     * @param process a name of its process that no other one has had
     * @param collection a name of the collection in that process
     */
    public record Owner(String process, String collection) {
        private static final String THIS_PROCESS = UUID.randomUUID().toString();

        /** Returns a new owner in this process. */
        public static Owner create() {
            return new Owner(THIS_PROCESS, UUID.randomUUID().toString());
        }

        /** Returns whether the owner is in this process. */
        public boolean inThisProcess() {
            return process.equals(THIS_PROCESS);
        }
    }

    /** Checks the number of repositories, and copies them. */
    public Mark {
        if (!fit(repositories)) {
            throw new IllegalArgumentException("These are too many repositories for a mark: " + repositories.size());
        }
        // In their order, so that whoever goes through them does the same each time.
        repositories = Collections.unmodifiableSet(new LinkedHashSet<>(repositories));
    }

    /** Returns whether a mark can have these repositories: a few of any names, and some hundred of usual ones. */
    public static boolean fit(Set<RepositoryName> repositories) {
        return repositories.stream().mapToInt(name -> name.value().length() + 1).sum() <= LONGEST_NAMES;
    }

    /** Returns the mark of data that nobody needs in these repositories, or, with {@code data}, at all. */
    public static Mark condemned(Owner owner, Instant since, boolean data, Set<RepositoryName> repositories) {
        return new Mark(State.CONDEMNED, owner, since, data, repositories);
    }

    /** Returns the mark of the removal that follows. */
    Mark deleting(Owner by, Instant now) {
        return new Mark(State.DELETING, by, now, data, repositories);
    }

    /** Returns whether what this repository shows of the data is to be removed. */
    public boolean covers(RepositoryName repository) {
        return data || repositories.contains(repository);
    }

    /** Each call returns other bytes, so that no two versions of a mark are alike for a store that compares content. */
    byte[] bytes() {
        StringBuilder text = new StringBuilder(VERSION).append('\n');
        text.append(state).append('\n');
        text.append(owner.process).append('\n').append(owner.collection).append('\n');
        text.append(since).append('\n').append(UUID.randomUUID()).append('\n');
        text.append(data ? "data" : "links").append('\n');
        repositories.forEach(repository -> text.append(repository).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the mark in a text, or empty if the text has none. */
    static Optional<Mark> parse(String text) {
        List<String> lines = text.lines().toList();
        if (lines.size() < 7 || !lines.get(0).equals(VERSION)) {
            return Optional.empty();
        }
        try {
            Set<RepositoryName> repositories = new LinkedHashSet<>();
            lines.subList(7, lines.size()).forEach(name -> repositories.add(RepositoryName.parse(name)));
            return Optional.of(new Mark(
                    State.valueOf(lines.get(1)),
                    new Owner(lines.get(2), lines.get(3)),
                    Instant.parse(lines.get(4)),
                    lines.get(6).equals("data"),
                    repositories));
        } catch (IllegalArgumentException | DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
