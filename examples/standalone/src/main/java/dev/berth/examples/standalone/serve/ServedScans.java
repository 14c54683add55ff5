package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.configuration.trust.ScanSettings;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.host.BackgroundWork;
import dev.berth.registry.host.HostContext;
import dev.berth.registry.scan.advisory.AdvisoryFacts;
import dev.berth.registry.scan.advisory.AdvisoryFeed;
import dev.berth.registry.scan.advisory.AdvisoryIndex;
import dev.berth.registry.scan.advisory.AdvisoryUpdates;
import dev.berth.registry.scan.advisory.BerthScanner;
import dev.berth.registry.scan.found.InventoryLimits;
import dev.berth.registry.scan.inventory.InventorySource;
import dev.berth.registry.scan.report.Verdict;
import dev.berth.registry.scan.sbom.SbomAttachment;
import dev.berth.registry.scan.service.ScanListener;
import dev.berth.registry.scan.service.ScanService;
import dev.berth.registry.scan.service.ScannedImage;
import dev.berth.registry.scan.service.StoredInventories;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scans of a server, with the advisories that they know. They begin when there are advisories. */
final class ServedScans implements BackgroundWork {
    private static final Logger LOG = LoggerFactory.getLogger(ServedScans.class);
    private static final long INVENTORIES = 2L << 30;
    private static final String ACTOR = "berth scan";

    private final ScanSettings settings;
    private final AdvisoryIndex index;
    private final AdvisoryUpdates updates;
    private final ScanService service;
    private boolean scanning;

    private ServedScans(ScanSettings settings, Registry registry, HostContext host, Consumer<RepositoryName> judged) {
        this.settings = settings;
        ScanSettings.Advisories advisories = settings.advisories();
        this.index = AdvisoryIndex.in(advisories.work().resolve("index"));
        AdvisoryUpdates.Builder sources = AdvisoryUpdates.builder(index, advisories.work().resolve("fetched"))
                .whenChanged(this::changed);
        advisories.directories().forEach(sources::source);
        advisories.feeds().forEach(address -> sources.feed(AdvisoryFeed.of(address)));
        this.updates = sources.build();
        StoredInventories inventories = StoredInventories.in(host.store(), INVENTORIES);
        ScanService.Builder builder = ScanService.builder(
                        host.publishing(registry, ACTOR),
                        host.store(),
                        BerthScanner.of(index).keepIn(inventories))
                .repositories(settings.repositories())
                .parallelism(settings.parallel())
                .maxAge(settings.every())
                .inventories(inventories)
                .listener(new Logged(judged));
        if (settings.sbom()) {
            SbomAttachment sboms =
                    SbomAttachment.of(InventorySource.layers(InventoryLimits.defaults(), inventories));
            builder.onScanned((repository, image) -> {
                var unused = sboms.attach(repository, image);
            });
        }
        this.service = builder.build();
    }

    /**
     * Returns scans of a registry.
     *
     * @param registry what is scanned, without gates in front
     * @param judged is told of a repository when there is something new about an image in it
     */
    static ServedScans of(
            ScanSettings settings, Registry registry, HostContext host, Consumer<RepositoryName> judged) {
        ServedScans scans = new ServedScans(settings, registry, host, judged);
        if (!host.readOnly()) {
            host.background(scans);
        }
        return scans;
    }

    /** Returns what knows of scans. */
    ScanService service() {
        return service;
    }

    @Override
    public void start() {
        if (index.facts().isPresent()) {
            scan();
        }
        updates.start(settings.advisories().every());
    }

    private void changed(AdvisoryFacts facts) {
        LOG.info(
                "There are new advisories: {}{}",
                facts.advisories(),
                facts.newest().map(newest -> ", the newest of " + newest).orElse(""));
        if (!scan()) {
            service.rescanAll();
        }
    }

    /** Begins to scan. Returns whether it did not before: then nothing has to be scanned again. */
    private synchronized boolean scan() {
        if (scanning) {
            return false;
        }
        scanning = true;
        service.start();
        return true;
    }

    @Override
    public void end() {
        // What is not done is done by the next start.
    }

    @Override
    public void close() {
        updates.close();
        service.close();
    }

    /** Logs what is found, and passes on that there is something new. */
    private record Logged(Consumer<RepositoryName> judged) implements ScanListener {
        @Override
        public void judged(ScannedImage image, Verdict verdict, Duration took) {
            judged.accept(image.repository());
            LOG.info(
                    "{} is {}{}",
                    image,
                    verdict.state(),
                    verdict.report()
                            .map(report -> ": " + report.findings().size() + " findings")
                            .orElse(verdict.reason().isEmpty() ? "" : ": " + verdict.reason()));
        }
    }
}
