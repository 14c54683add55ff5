package dev.berth.registry.maintenance;

import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.json.StrictJson;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.internal.store.StoreCalls;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.Optional;

/**
 * What the last collections over a store have done, whichever process made them: kept in the store, for people to look at.
 * Thread-safe.
 *
 * <p>Every method throws a {@link dev.berth.registry.RegistryException} with
 * {@link dev.berth.registry.ErrorCode#UNAVAILABLE} if the storage fails.
 *
 * @since 0.1
 */
public final class CollectionRuns {
    private static final ObjectKey LAST = Keys.COLLECTIONS.key("last");
    private static final ObjectKey EVERYTHING = Keys.COLLECTIONS.key("everything");
    private static final ObjectKey DRY_RUN = Keys.COLLECTIONS.key("dry-run");

    private final ObjectStore store;

    private CollectionRuns(ObjectStore store) {
        this.store = Objects.requireNonNull(store, "store");
    }

    /** Returns those of a store. Does no I/O. */
    public static CollectionRuns of(ObjectStore store) {
        return new CollectionRuns(store);
    }

    /** Keeps a run in the place of the one before. */
    public void record(CollectionRun run) {
        StoreCalls.act("keep the report of a collection", () -> {
            write(LAST, run);
            if (run.report()
                    .filter(report -> report.scope() == CollectionScope.EVERYTHING)
                    .isPresent()) {
                write(EVERYTHING, run);
            }
        });
    }

    /** Returns the last run, one that has failed included; empty if none was kept. */
    public Optional<CollectionRun> last() {
        return read(LAST);
    }

    /** Returns the last run that has looked at everything; empty if none was kept. */
    public Optional<CollectionRun> lastOfEverything() {
        return read(EVERYTHING);
    }

    void recordDryRun(CollectionRun run) throws IOException {
        write(DRY_RUN, run);
    }

    Optional<CollectionRun> lastDryRun() {
        return read(DRY_RUN);
    }

    private void write(ObjectKey key, CollectionRun run) throws IOException {
        String report = run.report().map(CollectionReport::toJson).orElse("null");
        String text = "{\"begun\":" + ReportJson.text(run.begun().toString())
                + ",\"ended\":" + ReportJson.text(run.ended().toString())
                + ",\"failure\":" + run.failure().map(ReportJson::text).orElse("null")
                + ",\"report\":" + report + "}";
        store.putForDeletion(key, text.getBytes(StandardCharsets.UTF_8), PutCondition.always());
    }

    /** One that cannot be read counts as missing: the next run writes it again. */
    private Optional<CollectionRun> read(ObjectKey key) {
        return StoreCalls.call("read the report of a collection", () -> {
            Optional<ObjectContent> found = store.open(key, 0, ObjectStore.MAX_PUT_BYTES);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            try (ObjectContent content = found.get()) {
                return Optional.of(
                        parse(JsonObject.root(StrictJson.parse(content.stream().readAllBytes()))));
            } catch (MalformedJsonException | DateTimeParseException | IllegalArgumentException e) {
                return Optional.empty();
            }
        });
    }

    private static CollectionRun parse(JsonObject object) {
        return new CollectionRun(
                Instant.parse(object.requireString("begun")),
                Instant.parse(object.requireString("ended")),
                object.object("report").map(ReportJson::parse),
                object.string("failure"));
    }
}
