package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.configuration.trust.ScanSettings;
import dev.berth.registry.Registry;
import dev.berth.registry.host.BackgroundWork;
import dev.berth.registry.host.HostContext;
import dev.berth.registry.scan.found.InventoryLimits;
import dev.berth.registry.scan.inventory.InventorySource;
import dev.berth.registry.scan.report.Verdict;
import dev.berth.registry.scan.sbom.SbomAttachment;
import dev.berth.registry.scan.service.ImageKey;
import dev.berth.registry.scan.service.ScanListener;
import dev.berth.registry.scan.service.ScanMetrics;
import dev.berth.registry.scan.service.ScanService;
import dev.berth.registry.scan.service.ScanServiceBuilder;
import dev.berth.registry.scan.service.StoredInventories;
import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** The scans of a server. They begin when its scanner is ready, and are done again when that knows more. */
final class ServedScans implements BackgroundWork {
    private static final Logger LOG = LoggerFactory.getLogger(ServedScans.class);
    private static final long INVENTORIES = 2L << 30;
    private static final String ACTOR = "berth scan";
    private static final Duration SHOWN = Duration.ofSeconds(15);

    private final ServedScanner scanner;
    private final ScanService service;
    private boolean scanning;

    private ServedScans(ServedScanner scanner, ScanService service) {
        this.scanner = scanner;
        this.service = service;
    }

    /**
     * Returns scans of a registry.
     *
     * @param registry what is scanned, without gates in front
     * @param counted counts them
     * @param judged is told when there is something new about an image
     */
    static ServedScans of(
            ScanSettings settings,
            Registry registry,
            HostContext host,
            ScanMetrics counted,
            Consumer<ImageKey> judged) {
        StoredInventories inventories = StoredInventories.in(host.store(), INVENTORIES);
        InventorySource layers = InventorySource.layers(InventoryLimits.defaults(), inventories);
        ServedScanner scanner = scanner(settings.scanner(), layers);
        ScanServiceBuilder builder = ScanService.builder(
                        host.publishing(registry, ACTOR), host.store(), scanner.scanner())
                .repositories(settings.repositories())
                .parallelism(settings.parallel())
                .maxAge(settings.every())
                .inventories(inventories)
                .listener(ScanListener.allOf(counted.listener(), new Logged(judged)));
        if (settings.sbom()) {
            SbomAttachment sboms = SbomAttachment.of(layers);
            builder.onScanned((repository, image) -> {
                var unused = sboms.attach(repository, image);
            });
        }
        ServedScans scans = new ServedScans(scanner, builder.build());
        if (!host.readOnly()) {
            host.background(scans);
            host.repeat("scan-metrics", SHOWN, () -> counted.show(scans.service.status()));
        }
        return scans;
    }

    private static ServedScanner scanner(ScanSettings.Scanner settings, InventorySource layers) {
        if (settings instanceof ScanSettings.Advisories advisories) {
            return new OwnScanner(advisories, layers);
        }
        return new OtherScanner((ScanSettings.Adapter) settings);
    }

    /** Returns what knows of scans. */
    ScanService service() {
        return service;
    }

    @Override
    public void start() {
        scanner.start(this::ready);
    }

    private synchronized void ready() {
        if (scanning) {
            service.rescanAll();
        } else {
            scanning = true;
            service.start();
        }
    }

    @Override
    public void end() {
        // What is not done is done by the next start.
    }

    @Override
    public void close() {
        scanner.close();
        service.close();
    }

    /** Logs what is found, and passes on that there is something new. */
    private record Logged(Consumer<ImageKey> changed) implements ScanListener {
        @Override
        public void judged(ImageKey image, Verdict verdict, Duration took) {
            changed.accept(image);
            // Signatures and SBOMs cannot be scanned, and are nothing to tell of.
            Level level = verdict.state() == Verdict.State.UNSCANNABLE ? Level.DEBUG : Level.INFO;
            LOG.atLevel(level)
                    .log(
                            "{} is {}{}",
                            image,
                            verdict.state(),
                            verdict.report()
                                    .map(report -> ": " + report.findings().size() + " findings")
                                    .orElse(verdict.reason().isEmpty() ? "" : ": " + verdict.reason()));
        }
    }
}
