package dev.berth.registry.webhook;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.eventlog.DeadMessages;
import dev.berth.registry.internal.eventlog.EventLog;
import dev.berth.registry.internal.eventlog.LogEntry;
import dev.berth.registry.internal.eventlog.UnreadableException;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The messages that were given up. They stay until somebody sends them again or removes them, or until they are too many or
 * too old. Thread-safe. Every method throws a {@link RegistryException} with {@link ErrorCode#UNAVAILABLE} if the store fails.
 *
 * @since 0.1
 */
public final class DeadLetters {
    private final ObjectStore store;
    private final InstantSource clock;
    private final EventLog eventLog;
    private final Runnable appended;

    DeadLetters(ObjectStore store, InstantSource clock, EventLog eventLog, Runnable appended) {
        this.store = store;
        this.clock = clock;
        this.eventLog = eventLog;
        this.appended = appended;
    }

    /**
     * Lists the dead letters of an endpoint, those first that were given up first. One that cannot be read is left out.
     *
     * @param endpoint the name of the endpoint
     * @param after the id after which to go on, or empty
     * @param limit how many to return at most
     */
    public List<DeadLetter> list(String endpoint, Optional<String> after, int limit) {
        return call(() -> {
            List<DeadLetter> letters = new ArrayList<>();
            DeadMessages dead = dead(endpoint);
            Optional<String> last = after.map(DeadLetters::name);
            while (letters.size() < limit) {
                ListPage page = dead.names(last, limit - letters.size());
                for (String name : page.names()) {
                    read(dead, endpoint, name).ifPresent(letters::add);
                    last = Optional.of(name);
                }
                if (page.last()) {
                    break;
                }
            }
            return letters;
        });
    }

    /** Returns a dead letter, or empty if there is none with this id, or it cannot be read. */
    public Optional<DeadLetter> find(String id) {
        return call(() -> read(dead(endpoint(id)), endpoint(id), name(id)));
    }

    /**
     * Puts a dead letter into the queue again, after all that is there. It keeps its id, so that a receiver can tell that it
     * has it already. A crash may leave it a dead letter as well.
     *
     * @return whether there was such a dead letter
     */
    public boolean resend(String id) {
        return call(() -> resend(endpoint(id), name(id)));
    }

    /** Puts all dead letters of an endpoint into the queue again, in their order, and returns how many. */
    public int resendAll(String endpoint) {
        return call(() -> {
            int sent = 0;
            for (String name : dead(endpoint).names()) {
                if (resend(endpoint, name)) {
                    sent++;
                }
            }
            return sent;
        });
    }

    /** Removes a dead letter, and returns whether there was one. */
    public boolean remove(String id) {
        return call(() -> {
            DeadMessages dead = dead(endpoint(id));
            boolean found = isThere(dead, name(id));
            if (found) {
                dead.delete(List.of(name(id)));
            }
            return found;
        });
    }

    private DeadMessages dead(String endpoint) {
        return new DeadMessages(store, endpoint, clock);
    }

    private static boolean isThere(DeadMessages dead, String name) throws IOException {
        try {
            return dead.read(name).isPresent();
        } catch (UnreadableException e) {
            return true;
        }
    }

    private boolean resend(String endpoint, String name) throws IOException {
        DeadMessages dead = dead(endpoint);
        Optional<DeadMessages.Dead> found = find(dead, name);
        if (found.isEmpty()) {
            return false;
        }
        boolean reads = found.get().message().lane().isEmpty();
        eventLog.append(
                new LogEntry(reads, Optional.of(endpoint), found.get().message().payload()));
        dead.delete(List.of(name));
        appended.run();
        return true;
    }

    private static Optional<DeadMessages.Dead> find(DeadMessages dead, String name) throws IOException {
        try {
            return dead.read(name);
        } catch (UnreadableException e) {
            return Optional.empty();
        }
    }

    private static Optional<DeadLetter> read(DeadMessages dead, String endpoint, String name) throws IOException {
        return find(dead, name)
                .flatMap(found -> LaneRun.message(found.message())
                        .map(message -> new DeadLetter(
                                endpoint + "/" + name,
                                endpoint,
                                message,
                                found.reason(),
                                found.attempts(),
                                found.message().since(),
                                found.when())));
    }

    private static String endpoint(String id) {
        return id.substring(0, Math.max(0, id.indexOf('/')));
    }

    private static String name(String id) {
        return id.substring(id.indexOf('/') + 1);
    }

    private static <T> T call(Webhooks.Call<T> call) {
        return Webhooks.call("The dead letters of webhooks cannot be read or changed", call);
    }
}
