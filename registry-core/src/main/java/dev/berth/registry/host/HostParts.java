package dev.berth.registry.host;

import dev.berth.registry.Registry;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.maintenance.scrub.Scrub;
import dev.berth.registry.mirror.PullThrough;
import dev.berth.registry.server.ServerFilter;
import dev.berth.registry.storage.ObjectStore;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of a registry: those of its own and those that layers add. For one thread while the registry is built. */
final class HostParts implements HostContext {
    private static final Logger LOG = LoggerFactory.getLogger(HostParts.class);

    private final ObjectStore store;
    private final StorageRegistry engine;
    private final boolean readOnly;
    private final HostEvents events;
    private final Background background;
    private final List<ServerFilter> filters = new ArrayList<>();
    private final List<PullThrough> mirrors = new ArrayList<>();
    private Optional<Scrub> scrub = Optional.empty();

    /** What is to be closed, first what is closed first. */
    private final Deque<AutoCloseable> closed = new ArrayDeque<>();

    /** The work, first what is ended first: the other way round, it is started. */
    private final Deque<BackgroundWork> work = new ArrayDeque<>();

    HostParts(
            ObjectStore store,
            StorageRegistry engine,
            boolean readOnly,
            HostEvents events,
            Background background) {
        this.store = store;
        this.engine = engine;
        this.readOnly = readOnly;
        this.events = events;
        this.background = background;
    }

    @Override
    public ObjectStore store() {
        return store;
    }

    @Override
    public StorageRegistry engine() {
        return engine;
    }

    @Override
    public boolean readOnly() {
        return readOnly;
    }

    @Override
    public Registry publishing(Registry registry, String actor) {
        return events.toldBy(registry, actor);
    }

    @Override
    public void repeat(String name, Duration interval, Runnable repeated) {
        RepeatedWork added = repetition(name, interval, repeated);
        if (!readOnly) {
            background(added);
        }
    }

    @Override
    public void repeatAlways(String name, Duration interval, Runnable repeated) {
        background(repetition(name, interval, repeated));
    }

    private RepeatedWork repetition(String name, Duration interval, Runnable repeated) {
        return new RepeatedWork(
                Objects.requireNonNull(name, "name"), interval, Objects.requireNonNull(repeated, "work"), background);
    }

    @Override
    public void mirror(PullThrough mirror) {
        mirrors.add(Objects.requireNonNull(mirror, "mirror"));
        onClose(mirror);
    }

    void scrub(Scrub made) {
        scrub = Optional.of(made);
    }

    Optional<Scrub> scrub() {
        return scrub;
    }

    List<PullThrough> mirrors() {
        return List.copyOf(mirrors);
    }

    @Override
    public void background(BackgroundWork added) {
        work.push(Objects.requireNonNull(added, "work"));
    }

    /** Adds work that is ended after all that was added, and that will be. */
    void endedLast(BackgroundWork added) {
        work.addLast(added);
    }

    @Override
    public void onClose(AutoCloseable part) {
        closed.push(Objects.requireNonNull(part, "part"));
    }

    @Override
    public void filter(ServerFilter filter) {
        filters.add(Objects.requireNonNull(filter, "filter"));
    }

    List<ServerFilter> filters() {
        return List.copyOf(filters);
    }

    /** Starts all work, what others need first. */
    void start() {
        work.descendingIterator().forEachRemaining(BackgroundWork::start);
    }

    /** Begins to end all work. A part that fails keeps no other from it. */
    void end() {
        for (BackgroundWork part : work) {
            quietly(part::end);
        }
    }

    /** Ends and closes everything. A part that fails keeps no other from it. */
    void close() {
        for (BackgroundWork part : work) {
            quietly(part::close);
        }
        closed.forEach(HostParts::quietly);
        quietly(background.threads());
        quietly(engine);
    }

    private static void quietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            LOG.warn("A part of the registry could not be ended as it should", e);
        }
    }
}
