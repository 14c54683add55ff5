package dev.berth.registry.maintenance.scrub;

import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.Mark;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The round that is in progress, {@code _berth/scrub/round}, and the report of the last one, {@code _berth/scrub/report}. The
 * former changes by conditional puts, so that one process works on it at a time.
 */
final class RoundStore {
    /** How old a beat is after which its writer counts as dead. */
    static final Duration DEAD = Duration.ofMinutes(2);

    private static final ObjectKey ROUND = Keys.SCRUB.key("round");
    private static final ObjectKey REPORT = Keys.SCRUB.key("report");

    private final ObjectStore store;

    RoundStore(ObjectStore store) {
        this.store = store;
    }

    /** A round, and the version of its object. */
    record Versioned(RoundRecord round, ObjectVersion version) {}

    /** What an object has: an empty one has no round, but a version. */
    private record Stored(Optional<RoundRecord> round, ObjectVersion version) {}

    private Optional<Stored> read(ObjectKey key) throws IOException {
        Optional<ObjectContent> found = store.open(key, 0, ObjectStore.MAX_PUT_BYTES);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (ObjectContent content = found.get()) {
            String text = new String(content.stream().readAllBytes(), StandardCharsets.UTF_8);
            return Optional.of(new Stored(RoundText.parse(text), content.stat().version()));
        }
    }

    /** Returns the round in progress, if there is one. */
    Optional<RoundRecord> current() throws IOException {
        return read(ROUND).flatMap(Stored::round);
    }

    /** Returns the report of the last round that was finished. */
    Optional<ScrubReport> report() throws IOException {
        return read(REPORT).flatMap(Stored::round).map(RoundRecord::report);
    }

    /**
     * Takes the round in progress, or begins one.
     *
     * @return empty if another one works on it
     */
    Optional<Versioned> claim(Mark.Owner owner, Instant now) throws IOException {
        Optional<Stored> before = read(ROUND);
        Optional<RoundRecord> left = before.flatMap(Stored::round);
        if (left.isPresent() && isAlive(left.get(), now)) {
            return Optional.empty();
        }
        RoundRecord round = left.map(found -> found.by(owner, now)).orElseGet(() -> RoundRecord.begin(owner, now));
        return write(
                round,
                before.map(found -> PutCondition.ifUnchanged(found.version())).orElseGet(PutCondition::ifAbsent));
    }

    private boolean isAlive(RoundRecord round, Instant now) {
        boolean died = store.exclusive() && !round.owner().inThisProcess();
        return !died && Duration.between(round.beat(), now).abs().compareTo(DEAD) < 0;
    }

    /** Replaces the round, or returns empty if somebody else has. */
    Optional<Versioned> update(RoundRecord round, ObjectVersion version) throws IOException {
        return write(round, PutCondition.ifUnchanged(version));
    }

    private Optional<Versioned> write(RoundRecord round, PutCondition condition) throws IOException {
        return store.putForDeletion(ROUND, RoundText.bytes(round), condition)
                .map(version -> new Versioned(round, version));
    }

    /** Keeps the report of a round, and removes the round. If that fails in between, the round is finished once more. */
    void finish(RoundRecord round, ObjectVersion version) throws IOException {
        store.putForDeletion(REPORT, RoundText.bytes(round), PutCondition.always());
        store.deleteIfUnchanged(ROUND, version);
    }
}
