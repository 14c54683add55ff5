package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.configuration.trust.GateSettings;
import dev.berth.examples.standalone.configuration.trust.TrustSettings;
import dev.berth.registry.Registry;
import dev.berth.registry.audit.AuditListener;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.host.HostContext;
import dev.berth.registry.host.HostLayer;
import dev.berth.registry.host.HostedRegistryBuilder;
import dev.berth.registry.rules.RepositoryFacts;
import dev.berth.registry.scan.api.ScanApi;
import dev.berth.registry.scan.gate.Gate;
import dev.berth.registry.scan.gate.GateAudit;
import dev.berth.registry.scan.gate.GateOptions;
import dev.berth.registry.scan.known.KnownImages;
import dev.berth.registry.scan.service.ImageKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** What a server knows of images, and which ones it hands out. */
final class ServedTrust implements HostLayer {
    private static final Duration REFRESH = Duration.ofSeconds(5);

    private final TrustSettings settings;
    private final AuditListener audit;
    private final ServedMetrics metrics;
    private final Optional<AcceptedFiles> accepted;
    private final AtomicReference<Optional<ServedScans>> scans = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Optional<KnownImages>> known = new AtomicReference<>(Optional.empty());
    private final AtomicReference<Consumer<ImageKey>> listener = new AtomicReference<>(image -> {});
    private final AtomicReference<Optional<Gate>> gate = new AtomicReference<>(Optional.empty());

    private ServedTrust(TrustSettings settings, AuditListener audit, ServedMetrics metrics) {
        this.settings = settings;
        this.audit = audit;
        this.metrics = metrics;
        this.accepted = settings.gate().map(GateSettings::accepted).map(AcceptedFiles::of);
    }

    /**
     * Returns what the settings describe.
     *
     * @param audit is told of what would have been refused
     * @param metrics counts scans
     * @throws dev.berth.examples.standalone.cli.CommandException if a file that they name cannot be read
     */
    static ServedTrust of(TrustSettings settings, AuditListener audit, ServedMetrics metrics) {
        return new ServedTrust(settings, audit, metrics);
    }

    /** Adds it to a registry. */
    void addTo(HostedRegistryBuilder hosted) {
        if (settings.scan().isEmpty() && settings.gate().isEmpty()) {
            return;
        }
        hosted.admission(this);
        if (settings.scan().filter(scan -> scan.onPush()).isPresent()) {
            hosted.events(this::publish);
        }
    }

    private void publish(List<RegistryEvent> events) {
        scans.get().ifPresent(served -> served.service().publish(events));
    }

    @Override
    public Registry over(Registry inner, HostContext host) {
        settings.scan().ifPresent(scan -> {
            ServedScans made = ServedScans.of(scan, inner, host, metrics.scans(), this::judged);
            scans.set(Optional.of(made));
        });
        Registry gated =
                settings.gate().map(wanted -> gate(wanted, inner, host)).orElse(inner);
        known.set(scans.get().map(made -> known(made, inner)));
        return gated;
    }

    private KnownImages known(ServedScans made, Registry inner) {
        KnownImages.Builder images = KnownImages.builder(made.service(), inner);
        settings.signatures().verifier().ifPresent(images::signatures);
        accepted.ifPresent(files -> images.accepted(files::now));
        gate.get().ifPresent(images::gate);
        return images.build();
    }

    private void judged(ImageKey image) {
        gate.get().ifPresent(judge -> judge.forget(image.repository()));
        listener.get().accept(image);
    }

    /** Sets what is told when there is something new about an image. */
    void onJudged(Consumer<ImageKey> newListener) {
        listener.set(newListener);
    }

    /** Returns what is known of images, for pages. There is nothing before the registry is built, and where nothing is scanned. */
    Optional<KnownImages> known() {
        return known.get();
    }

    /** Returns what tells of scans over HTTP: also of images that are not handed out. There is none before the registry is built. */
    Optional<ScanApi.Builder> api() {
        return known().map(images -> ScanApi.builder(images).listener(audit));
    }

    private Registry gate(GateSettings wanted, Registry inner, HostContext host) {
        GateOptions.Builder options =
                GateOptions.builder().facts(RepositoryFacts.of(host.engine())).listener(GateAudit.of(audit));
        scans.get()
                .ifPresent(served -> options.verdicts(served.service())
                        .knownSince(served.service()::knownSince)
                        .onUnscanned(served.service()::scanIfNew));
        accepted.ifPresent(options::open);
        Gate made = Gate.of(inner, wanted.policy(), options.build());
        gate.set(Optional.of(made));
        accepted.ifPresent(files -> host.repeat("accepted-findings", REFRESH, () -> {
            if (files.refresh()) {
                made.forget();
            }
        }));
        return made;
    }
}
