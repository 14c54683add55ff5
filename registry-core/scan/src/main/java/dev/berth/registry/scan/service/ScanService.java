package dev.berth.registry.scan.service;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.event.EventSink;
import dev.berth.registry.event.EventType;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.event.RegistryListener;
import dev.berth.registry.internal.pace.Loop;
import dev.berth.registry.internal.thread.DaemonThreads;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.scan.accepted.Acceptances;
import dev.berth.registry.scan.report.Finding;
import dev.berth.registry.scan.report.ScanReport;
import dev.berth.registry.scan.report.Scanner;
import dev.berth.registry.scan.report.Verdict;
import dev.berth.registry.scan.report.Verdicts;
import dev.berth.registry.scan.service.ScanStore.Stored;
import dev.berth.registry.storage.ObjectStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scans the images of a registry: those that are pushed, those that somebody asks for, and all again when there is more to know.
 *
 * <pre>{@code
 * ScanService scans = ScanService.builder(registry, store, scanner).build();
 * Registry observed = Observed.of(registry, context, scans);
 * scans.start();
 * Verdict verdict = scans.of(RepositoryName.parse("team/app"), digest);
 * }</pre>
 *
 * <p><b>What it promises.</b> Whatever has a tag is scanned in the end. What is pushed is in the queue, in the store, when
 * {@link #publish} returns; what was missed, since the store failed or nobody told, is found by a comparison: at the start, and
 * in each interval. An image that is in the queue already is not put into it twice.
 *
 * <p><b>Failures.</b> A scan that fails is tried again, after a time that doubles, and is given up after some tries: then its
 * verdict is {@code FAILED}, with the reason. A scan that takes too long is interrupted, and has failed. The last report stands
 * until there is a newer one.
 *
 * <p><b>Indexes.</b> The images for platforms that an index lists are scanned each for itself; attestations are left out.
 *
 * <p><b>Several nodes.</b> Any number of processes can be over one store. Each image is scanned by one of them; when it dies,
 * another one begins again, within about the time of a lease.
 *
 * <p><b>Deleted images</b> are forgotten, at once where the deletion is {@linkplain #publish published}, otherwise by the upkeep
 * once a day.
 *
 * <p>Thread-safe. Registry, store and scanner are not closed.
 *
 * @since 0.1
 */
public final class ScanService implements Verdicts, EventSink, RegistryListener {
    private static final Logger LOG = LoggerFactory.getLogger(ScanService.class);
    private static final Duration CLOSING = Duration.ofSeconds(10);
    private static final int MOST_COUNTED = 10_000;

    private final Registry registry;
    private final ScanSettings settings;
    private final ScanStore store;
    private final Nodes nodes;
    private final ScanQueue queue;
    private final Dispatcher dispatcher;
    private final Comparison comparison;
    private final FoundIndex index;
    private final FoundIndex packages;
    private final Tally tally;
    private final KeptPackages kept;
    private final FirstFoundTimes firstFound;
    private final Loop working;
    private final Loop comparing;
    private final @Nullable ExecutorService ownThreads;
    private boolean started;
    private volatile boolean closed;

    ScanService(ScanServiceBuilder builder) {
        this.registry = builder.registry;
        Executor executor = builder.executor;
        if (executor == null) {
            this.ownThreads = Executors.newCachedThreadPool(DaemonThreads.numbered("berth-scan-"));
            executor = ownThreads;
        } else {
            this.ownThreads = null;
        }
        this.store = new ScanStore(builder.store);
        this.index = new FoundIndex(store.found(), FoundNames::normalize, builder.clock, builder.indexCapacity);
        this.packages = new FoundIndex(store.packages(), PackageNames::key, builder.clock, builder.indexCapacity);
        this.tally = new Tally(index, packages);
        this.kept = new KeptPackages(builder.kept);
        this.firstFound = new FirstFoundTimes(store);
        this.settings = builder.settings(executor, ScanListener.allOf(tally, builder.listener));
        this.nodes = new Nodes(store, settings);
        this.queue = new ScanQueue(store, nodes, settings);
        this.working = new Loop("berth-scan-queue", LOG, this::work);
        this.dispatcher = new Dispatcher(
                store,
                queue,
                nodes,
                new ImageScan(registry, builder.scanner, builder.onScanned, kept),
                settings,
                working::wake);
        this.comparison = new Comparison(registry, store, queue, nodes, settings, builder.upkeepTask);
        this.comparing = new Loop("berth-scan-compare", LOG, this::compare);
    }

    /**
     * Begins.
     *
     * @param registry what is scanned, as nobody else sees it: without gates in front
     * @param store keeps what is known; it may be that of the registry
     * @param scanner scans
     */
    public static ScanServiceBuilder builder(Registry registry, ObjectStore store, Scanner scanner) {
        return new ScanServiceBuilder(registry, store, scanner);
    }

    /**
     * Begins scanning and comparing, in threads of its own. Without this, requests wait in the queue, for other nodes. Once
     * only.
     *
     * @throws IllegalStateException if it was started or closed
     */
    public synchronized void start() {
        if (started || closed) {
            throw new IllegalStateException("A service of scans can be started once");
        }
        started = true;
        working.start();
        comparing.start();
    }

    private Duration work() {
        return dispatcher.turn();
    }

    private Duration compare() {
        Duration wait = comparison.step();
        working.wake();
        return wait;
    }

    /** Does all that can be done now, in this thread if that is what the executor says; for tests. */
    void step() {
        Duration unusedComparison = comparison.step();
        Duration unusedTurn = dispatcher.turn();
    }

    /** One turn of the queue; for tests. */
    void turn() {
        Duration unused = dispatcher.turn();
    }

    /** Puts what was pushed into the queue, and forgets what was deleted. Never fails: what is missed is found later. */
    @Override
    public void publish(List<RegistryEvent> events) {
        events.forEach(this::onEvent);
    }

    /** Takes an event, as {@link #publish} does. */
    @Override
    public void onEvent(RegistryEvent event) {
        if (closed || event.digest().isEmpty()) {
            return;
        }
        ImageKey image = new ImageKey(event.repository(), event.digest().get());
        try {
            if (event.type().equals(EventType.MANIFEST_PUSHED) || event.type().equals(EventType.TAG_SET)) {
                if (settings.repositories().test(event.repository()) && mayBeImage(event.descriptor())) {
                    askAndWake(image, ScanPriority.PUSH);
                }
            } else if (event.type().equals(EventType.MANIFEST_DELETED)) {
                forget(image);
            }
        } catch (RegistryException e) {
            LOG.warn("What happened to {} was not taken up for its scan; a comparison finds it later", image, e);
            comparison.soon();
        }
    }

    private static boolean mayBeImage(Optional<Descriptor> descriptor) {
        return descriptor
                .map(known -> ImageScan.isImageOrIndex(known.mediaType()))
                .orElse(true);
    }

    private void forget(ImageKey image) {
        Stored stored = store.find(image);
        if (stored.record().isPresent()) {
            store.forget(image, stored);
            stored.record().flatMap(ImageRecord::request).ifPresent(request -> store.deleteTicket(request.ticket()));
            index.changed();
            packages.changed();
        }
    }

    private boolean askAndWake(ImageKey image, ScanPriority priority) {
        boolean asked = queue.ask(image, priority);
        if (asked) {
            working.wake();
        }
        return asked;
    }

    /**
     * Asks for a scan of an image now, or of all that an index lists. It goes before everything else, also if the image was
     * scanned before; if it is being scanned, it is not scanned twice.
     *
     * @return the images that are in the queue now, or being scanned
     * @throws RegistryException with {@link ErrorCode#MANIFEST_UNKNOWN} if the repository does not have it, otherwise if the
     *     registry or the store fails
     */
    public List<ImageKey> scan(Repository repository, ManifestSelector selector) {
        Manifest manifest = repository.manifests().get(selector);
        ImageKey image = new ImageKey(repository.name(), manifest.digest());
        List<ImageKey> images = new ArrayList<>();
        if (ImageIndex.isImageIndex(manifest.mediaType())
                && ManifestDocument.parse(manifest) instanceof ImageIndex list) {
            // So that its images are known by it, too.
            askAndWake(image, ScanPriority.DEMAND);
            ImageScan.images(list).forEach(child -> images.add(new ImageKey(repository.name(), child)));
        } else {
            images.add(image);
        }
        images.forEach(each -> askAndWake(each, ScanPriority.DEMAND));
        return List.copyOf(images);
    }

    /**
     * Asks for a scan of an image that nobody has scanned, after those that somebody waits for. Quick, and does nothing if it was
     * scanned, or is in the queue. For a gate that is asked for an image.
     *
     * @throws RegistryException if the store fails
     */
    public void scanIfNew(RepositoryName repository, Digest image) {
        askAndWake(new ImageKey(repository, image), ScanPriority.PUSH);
    }

    /**
     * Asks for new scans of all images that were scanned before now, after everything else in the queue: for a scanner that
     * knows more now. That is durable when this returns; the images are put into the queue in the background.
     *
     * @throws RegistryException if the store fails
     */
    public void rescanAll() {
        store.putRescan(settings.clock().instant());
        comparing.wake();
    }

    /** Looks for images that nobody has told of, in the background, soon instead of when it is time. */
    public void compareSoon() {
        comparison.soon();
        comparing.wake();
    }

    /** {@inheritDoc} A scan that waits after a failure is {@code PENDING}, too; the last report is there all the time. */
    @Override
    public Verdict of(RepositoryName repository, Digest image) {
        ImageKey wanted = new ImageKey(repository, image);
        Optional<ImageRecord> found = store.find(wanted).record();
        if (found.isEmpty()) {
            return Verdict.unscanned();
        }
        ImageRecord record = found.get();
        Optional<ScanReport> report = record.reported() ? store.report(wanted) : Optional.empty();
        if (record.request().isPresent() && record.state() != ImageRecord.State.INDEX) {
            return new Verdict(Verdict.State.PENDING, record.request().get().asked(), report, "");
        }
        return switch (record.state()) {
            case NONE, INDEX -> Verdict.unscanned();
            case SCANNED -> new Verdict(Verdict.State.SCANNED, record.since(), report, "");
            case UNSCANNABLE -> new Verdict(Verdict.State.UNSCANNABLE, record.since(), report, record.reason());
            case FAILED -> new Verdict(Verdict.State.FAILED, record.since(), report, record.reason());
        };
    }

    /**
     * Returns since when a finding is known: when a scan of this image first had it, under whatever name. Fits
     * {@link dev.berth.registry.scan.gate.KnownSince}.
     *
     * @param report the last report about the image
     * @return empty if no scan had it before that report was made, or it was not kept
     * @throws RegistryException if the store fails
     */
    public Optional<Instant> knownSince(RepositoryName repository, ScanReport report, Finding finding) {
        return firstFound.of(new ImageKey(repository, report.image()), report, finding);
    }

    /** Returns what answers questions about what is known. All findings count. */
    public ScanReports reports() {
        return reports(Acceptances::none);
    }

    /**
     * Returns what answers questions about what is known.
     *
     * @param accepted the allow-list, which is asked for with each question
     */
    public ScanReports reports(Supplier<Acceptances> accepted) {
        return new ScanReports(
                store, index, packages, this, kept, Objects.requireNonNull(accepted, "accepted"), settings.clock());
    }

    /**
     * Returns how the scans go. Lists the queue, up to 10,000 images of a priority.
     *
     * @throws RegistryException if the store fails
     */
    public ScanStatus status() {
        Map<ScanPriority, Long> waiting = new EnumMap<>(ScanPriority.class);
        for (ScanPriority priority : ScanPriority.values()) {
            LongAdder count = new LongAdder();
            store.tickets(priority, ticket -> {
                count.increment();
                return count.sum() < MOST_COUNTED;
            });
            waiting.put(priority, count.sum());
        }
        return new ScanStatus(
                waiting, dispatcher.running(), tally.scanned(), tally.failed(), store.rescan(), dispatcher.problem());
    }

    /**
     * Ends what is in progress, and waits for that, for some seconds at most. What was not finished is begun again by another
     * node, or at the next start. Idempotent.
     */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        comparison.close();
        dispatcher.close();
        boolean ended = true;
        try {
            if (started) {
                ended = comparing.close(CLOSING);
                ended &= working.close(CLOSING);
            }
            if (ownThreads != null) {
                ownThreads.shutdown();
                ended &= ownThreads.awaitTermination(CLOSING.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ended = false;
        }
        if (!ended) {
            LOG.warn("A scan has not ended in time; another node begins it again");
        }
        comparison.leave();
        nodes.close();
    }

    /** Prints how much it does. */
    @Override
    public String toString() {
        return "ScanService[" + settings.parallelism() + " at a time]";
    }
}
