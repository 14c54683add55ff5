package dev.berth.registry.scan.advisory;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.internal.pace.Loop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an index new: fetches databases, and builds the index of them and of what the operator puts into directories, on demand
 * or in a thread of its own. Thread-safe.
 *
 * <pre>{@code
 * AdvisoryUpdates updates = AdvisoryUpdates.builder(index, Path.of("/var/lib/berth/feeds"))
 *         .feed(AdvisoryFeed.of(URI.create("https://advisories.example/Debian/all.zip")))
 *         .source(Path.of("/srv/osv"))
 *         .build();
 * updates.start(Duration.ofHours(6));
 * }</pre>
 *
 * <p>A feed that cannot be fetched does not stop the others: what was fetched of it before stays in the index, and the
 * failure is logged and told.
 *
 * @since 0.1
 */
public final class AdvisoryUpdates implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AdvisoryUpdates.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration AFTER_FAILURE = Duration.ofMinutes(15);

    private final AdvisoryIndex index;
    private final List<Path> sources;
    private final List<AdvisoryFeed> feeds;
    private final Consumer<AdvisoryFacts> changed;
    private final FeedDownload download;
    private final ReentrantLock updating = new ReentrantLock();
    private volatile List<String> failures = List.of();
    private volatile Optional<Loop> loop = Optional.empty();

    private AdvisoryUpdates(Builder builder) {
        this.index = builder.index;
        this.sources = List.copyOf(builder.sources);
        this.feeds = List.copyOf(builder.feeds);
        this.changed = builder.changed;
        this.download = new FeedDownload(builder.directory, builder.clock);
    }

    /**
     * Begins with no feed and no source.
     *
     * @param index what is built
     * @param directory where fetched databases are kept; it should have no other use
     */
    public static Builder builder(AdvisoryIndex index, Path directory) {
        return new Builder(index, directory);
    }

    /**
     * Fetches what has changed, and builds the index if anything has. Another thread that does so is waited for.
     *
     * @return what is in the index now
     * @throws RegistryException with {@link ErrorCode#UNAVAILABLE} if the index cannot be built, or there is nothing to build it
     *     of; that some feed cannot be fetched is told by {@link #failures}
     */
    public AdvisoryFacts update() {
        updating.lock();
        try {
            Optional<AdvisoryFacts> before = index.facts();
            fetch();
            List<Path> files = files();
            if (files.isEmpty()) {
                // An empty index would find nothing in every image.
                throw RegistryException.of(
                        ErrorCode.UNAVAILABLE,
                        failures.isEmpty() ? "There are no feeds and no sources of advisories" : failures.get(0));
            }
            AdvisoryFacts after = index.update(files);
            if (before.isEmpty() || !before.get().equals(after)) {
                changed.accept(after);
            }
            return after;
        } finally {
            updating.unlock();
        }
    }

    private void fetch() {
        List<String> failed = new ArrayList<>();
        for (AdvisoryFeed feed : feeds) {
            try {
                download.fetch(feed);
            } catch (IOException e) {
                failed.add("Advisories could not be fetched: " + e.getMessage());
                LOG.warn("Advisories could not be fetched: {}", e.getMessage());
            }
        }
        failures = List.copyOf(failed);
    }

    /** What was never fetched is not there yet. */
    private List<Path> files() {
        List<Path> files = new ArrayList<>(sources);
        feeds.stream().map(download::file).filter(Files::exists).forEach(files::add);
        return files;
    }

    /** Returns why feeds could not be fetched in the last update: sentences for people; empty if all were. */
    public List<String> failures() {
        return failures;
    }

    /**
     * Begins to update in a thread of its own, at once and then at intervals.
     *
     * @param interval from the end of one update to the next, at least a minute; after one that failed it is a quarter of an
     *     hour, if that is less
     * @throws IllegalStateException if it has begun before
     */
    public synchronized void start(Duration interval) {
        if (interval.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("Advisories are fetched at most once a minute");
        }
        if (loop.isPresent()) {
            throw new IllegalStateException("The updates have begun before");
        }
        Loop created = new Loop("berth-advisories", LOG, () -> isComplete() ? interval : sooner(interval));
        loop = Optional.of(created);
        created.start();
    }

    /** Updates, and returns whether everything was fetched. */
    private boolean isComplete() {
        try {
            AdvisoryFacts unused = update();
            return failures.isEmpty();
        } catch (RegistryException e) {
            LOG.warn("Advisories could not be updated: {}", e.getMessage());
            return false;
        }
    }

    private static Duration sooner(Duration interval) {
        return interval.compareTo(AFTER_FAILURE) < 0 ? interval : AFTER_FAILURE;
    }

    /** Makes the thread update now, or once more if it does at the moment. Without a thread, nothing happens. */
    public void wake() {
        loop.ifPresent(Loop::wake);
    }

    /** Ends the thread, also in the middle of an update, and waits for it for at most 30 seconds. */
    @Override
    public synchronized void close() {
        if (loop.isPresent()) {
            try {
                if (!loop.get().close(PATIENCE)) {
                    LOG.warn("The update of advisories has not ended after {}", PATIENCE);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Builds updates. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private final AdvisoryIndex index;
        private final Path directory;
        private final List<Path> sources = new ArrayList<>();
        private final List<AdvisoryFeed> feeds = new ArrayList<>();
        private Consumer<AdvisoryFacts> changed = facts -> {};
        private InstantSource clock = InstantSource.system();

        private Builder(AdvisoryIndex index, Path directory) {
            this.index = Objects.requireNonNull(index, "index");
            this.directory = Objects.requireNonNull(directory, "directory");
        }

        /** Adds a file or a directory of the operator's; see {@link AdvisoryIndex#update}. */
        public Builder source(Path source) {
            sources.add(Objects.requireNonNull(source, "source"));
            return this;
        }

        /** Adds a database that is fetched. */
        public Builder feed(AdvisoryFeed feed) {
            feeds.add(Objects.requireNonNull(feed, "feed"));
            return this;
        }

        /** Sets what is told of each new index, such as to compare images once more. Default: nothing. */
        public Builder whenChanged(Consumer<AdvisoryFacts> listener) {
            this.changed = Objects.requireNonNull(listener, "listener");
            return this;
        }

        /** Sets the clock. Default: that of the system. */
        public Builder clock(InstantSource newClock) {
            this.clock = Objects.requireNonNull(newClock, "clock");
            return this;
        }

        /** Returns the updates, which do nothing yet. */
        public AdvisoryUpdates build() {
            return new AdvisoryUpdates(this);
        }
    }
}
