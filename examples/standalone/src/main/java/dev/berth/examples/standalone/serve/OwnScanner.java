package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.configuration.trust.ScanSettings;
import dev.berth.registry.scan.advisory.AdvisoryFacts;
import dev.berth.registry.scan.advisory.AdvisoryFeed;
import dev.berth.registry.scan.advisory.AdvisoryIndex;
import dev.berth.registry.scan.advisory.AdvisoryUpdates;
import dev.berth.registry.scan.advisory.BerthScanner;
import dev.berth.registry.scan.inventory.InventorySource;
import dev.berth.registry.scan.report.Scanner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Berth's own scanner, whose advisories are looked for in intervals. */
final class OwnScanner implements ServedScanner {
    private static final Logger LOG = LoggerFactory.getLogger(OwnScanner.class);

    private final ScanSettings.Advisories settings;
    private final AdvisoryIndex index;
    private final AdvisoryUpdates updates;
    private final Scanner scanner;
    private volatile Runnable ready = () -> {};

    OwnScanner(ScanSettings.Advisories settings, InventorySource inventories) {
        this.settings = settings;
        this.index = AdvisoryIndex.in(settings.work().resolve("index"));
        AdvisoryUpdates.Builder sources = AdvisoryUpdates.builder(
                        index, settings.work().resolve("fetched"))
                .whenChanged(this::changed);
        settings.directories().forEach(sources::source);
        settings.feeds().forEach(address -> sources.feed(AdvisoryFeed.of(address)));
        this.updates = sources.build();
        this.scanner = BerthScanner.of(index).inventories(inventories);
    }

    @Override
    public Scanner scanner() {
        return scanner;
    }

    @Override
    public void start(Runnable whenReady) {
        ready = whenReady;
        if (index.facts().isPresent()) {
            whenReady.run();
        }
        updates.start(settings.every());
    }

    private void changed(AdvisoryFacts facts) {
        LOG.info(
                "There are new advisories: {}{}",
                facts.advisories(),
                facts.newest().map(newest -> ", the newest of " + newest).orElse(""));
        ready.run();
    }

    @Override
    public void close() {
        updates.close();
    }
}
