package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.cli.FailureReason;
import dev.berth.examples.standalone.configuration.Settings;
import dev.berth.examples.standalone.configuration.Storage;
import dev.berth.registry.Registry;
import dev.berth.registry.compose.ReadOnly;
import dev.berth.registry.compose.WithoutDeletion;
import dev.berth.registry.engine.StorageOptions;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.server.AccessLog;
import dev.berth.registry.server.DirectDownload;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.server.TlsOptions;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running registry: storage, engine, policies and server, built from the settings. */
final class RunningRegistry {
    private static final Logger LOG = LoggerFactory.getLogger(RunningRegistry.class);

    /** Longer than any process runs. */
    private static final Duration NEVER = Duration.ofDays(365_000);

    /** How long a redirect to the storage is valid: as long as with {@code registry:2}. */
    private static final Duration DIRECT_DOWNLOAD = Duration.ofMinutes(20);

    private final Settings settings;
    private final ObjectStore store;
    private final RegistryServer server;
    private final Maintenance maintenance;
    private final CountDownLatch stopped = new CountDownLatch(1);

    private RunningRegistry(Settings settings, ObjectStore store, RegistryServer server, Maintenance maintenance) {
        this.settings = settings;
        this.store = store;
        this.server = server;
        this.maintenance = maintenance;
    }

    /**
     * Starts the registry and prints its address to standard output. SIGTERM and SIGINT stop it.
     *
     * @throws IOException with a sentence for the user
     */
    static RunningRegistry start(Settings settings) throws IOException {
        ObjectStore store = settings.storage().open();
        try {
            if (!settings.readOnly()) {
                requireWritable(store, settings.storage());
            }
            StorageRegistry registry = StorageRegistry.over(store, options(settings));
            boolean indexComplete = registry.indexComplete();
            RegistryServer server = listen(settings, registry);
            RunningRegistry running = new RunningRegistry(
                    settings, store, server, Maintenance.start(registry, settings.uploads(), indexComplete));
            Runtime.getRuntime().addShutdownHook(new Thread(running::stop, "berth-stop"));
            System.out.println("Berth listens on " + server.uri() + " and stores in " + settings.storage());
            return running;
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /** Fails now rather than at the first push. */
    private static void requireWritable(ObjectStore store, Storage storage) throws IOException {
        ObjectKey key = ObjectKey.of("_berth/check/" + UUID.randomUUID());
        try {
            store.put(key, new byte[0], PutCondition.always());
            store.delete(key);
        } catch (IOException e) {
            throw new IOException(
                    "Berth cannot write to " + storage + ": " + FailureReason.of(e)
                            + "; give it the right to, or set REGISTRY_STORAGE_MAINTENANCE_READONLY_ENABLED=true.",
                    e);
        }
    }

    private static StorageOptions options(Settings settings) {
        return StorageOptions.builder()
                .requireBlobs(settings.validation().blobs())
                .requireManifests(settings.validation().manifests())
                .uploadExpiry(settings.uploads().purge() ? settings.uploads().age() : NEVER)
                .build();
    }

    private static RegistryServer listen(Settings settings, Registry registry) throws IOException {
        InetSocketAddress address = new InetSocketAddress(
                settings.listen().host(), settings.listen().port());
        if (address.isUnresolved()) {
            throw new CommandException("Berth cannot listen on " + settings.listen() + ": there is no host "
                    + settings.listen().host() + ".");
        }
        RegistryServer.Builder server =
                RegistryServer.builder(policies(settings, registry)).listen(address);
        if (settings.directDownload()) {
            server.directDownload(DirectDownload.always(DIRECT_DOWNLOAD));
        }
        if (settings.accessLog()) {
            server.observer(AccessLog.toLogger());
        }
        if (settings.tls().isPresent()) {
            server.tls(tls(settings.tls().get()));
        }
        try {
            return server.build().start();
        } catch (BindException e) {
            throw new IOException(
                    "Berth cannot listen on " + settings.listen() + ": " + BindFailure.sentence(settings.listen(), e),
                    e);
        } catch (IOException e) {
            throw new IOException("Berth cannot listen on " + settings.listen() + ": " + FailureReason.of(e), e);
        }
    }

    private static Registry policies(Settings settings, Registry registry) {
        if (settings.readOnly()) {
            return ReadOnly.of(registry);
        }
        return settings.deleteEnabled() ? registry : WithoutDeletion.of(registry);
    }

    private static TlsOptions tls(Settings.Tls files) throws IOException {
        try {
            return TlsOptions.pem(files.certificate(), files.key());
        } catch (IOException e) {
            throw unusable(files, FailureReason.of(e), e);
        } catch (IllegalArgumentException e) {
            throw unusable(files, String.valueOf(e.getMessage()), e);
        }
    }

    private static IOException unusable(Settings.Tls files, String why, Exception e) {
        return new IOException(
                "The certificate " + files.certificate() + " with the key " + files.key() + " cannot be used: " + why,
                e);
    }

    /** Waits until the process is stopped. */
    void awaitStop() throws InterruptedException {
        stopped.await();
    }

    private void stop() {
        LOG.info(
                "Stopping; transfers have {} seconds to finish",
                settings.drainTimeout().toSeconds());
        if (!server.stop(settings.drainTimeout())) {
            LOG.warn("Some transfers did not finish in time");
        }
        maintenance.close();
        try {
            store.close();
        } catch (IOException e) {
            LOG.warn("The storage could not be closed", e);
        }
        stopped.countDown();
    }
}
