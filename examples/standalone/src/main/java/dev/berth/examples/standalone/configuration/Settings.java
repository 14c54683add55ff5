package dev.berth.examples.standalone.configuration;

import dev.berth.examples.standalone.configuration.mirror.MirrorSettings;
import dev.berth.examples.standalone.configuration.mirror.ReplicationSettings;
import dev.berth.examples.standalone.configuration.observability.DebugSettings;
import dev.berth.examples.standalone.configuration.observability.HealthSettings;
import dev.berth.examples.standalone.configuration.observability.LogSettings;
import dev.berth.examples.standalone.configuration.observability.NotificationSettings;
import dev.berth.examples.standalone.configuration.trust.TrustSettings;
import dev.berth.examples.standalone.configuration.values.ListenAddress;
import dev.berth.registry.engine.StorageOptions;
import dev.berth.registry.quota.QuotaLimit;
import dev.berth.registry.server.ServerLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The configuration of the registry.
 *
 * @param listen the address to listen on
 * @param storage the storage
 * @param tls the certificate; empty for plain HTTP
 * @param auth where the accounts of callers are
 * @param access who may do what; if it is empty, every caller that {@code auth} knows may do everything
 * @param deleteEnabled whether clients may delete
 * @param readOnly whether clients may only pull
 * @param validation the checks of a pushed manifest
 * @param reads when a blob that is pulled as a whole is hashed on its way
 * @param directDownload whether pulls of blobs are redirected to the storage, if it supports that
 * @param rules the rules for tags
 * @param quotas the limits on what repositories use
 * @param uploads when abandoned uploads are deleted
 * @param collection how what nobody needs is removed
 * @param undelete for how long deleted manifests and tags can be restored
 * @param scrub how damage is looked for
 * @param pulls how often the numbers of pulls are written; empty if they are not counted
 * @param limits what clients may use
 * @param manifests what manifests may take in the engine
 * @param drainTimeout how long running transfers may take to finish when the registry stops
 * @param mirrors which other registries are mirrored
 * @param replication what is carried over from or to other registries
 * @param trust what is known of images, and which ones are handed out
 * @param notifications who is told what happens
 * @param console the pages of the registry
 * @param debug where health and metrics are
 * @param health what is checked
 * @param log what is logged, and how
 * @param warnings a sentence for each setting that has no effect
 */
public record Settings(
        ListenAddress listen,
        Storage storage,
        Optional<Tls> tls,
        AuthSettings auth,
        Optional<AccessSettings> access,
        boolean deleteEnabled,
        boolean readOnly,
        Validation validation,
        Reads reads,
        boolean directDownload,
        RuleSettings rules,
        List<QuotaLimit> quotas,
        Uploads uploads,
        CollectionSettings collection,
        Duration undelete,
        ScrubSettings scrub,
        Optional<Duration> pulls,
        ServerLimits limits,
        ManifestBudgets manifests,
        Duration drainTimeout,
        List<MirrorSettings> mirrors,
        List<ReplicationSettings> replication,
        TrustSettings trust,
        NotificationSettings notifications,
        ConsoleSettings console,
        DebugSettings debug,
        HealthSettings health,
        LogSettings log,
        List<String> warnings) {

    /** Returns how a registry is opened over the storage, in the server and by commands alike. */
    public StorageOptions storageOptions() {
        StorageOptions.Builder options = StorageOptions.builder()
                .requireBlobs(validation.blobs())
                .requireManifests(validation.manifests())
                .verifyReads(reads.verified())
                .verifyAgainAfter(reads.interval())
                .undelete(undelete)
                .uploadExpiry(uploads.expiry());
        manifests.applyTo(options);
        return options.build();
    }

    /**
     * A certificate and its key, in PEM files.
     *
     * @param certificate the certificate of the server
     * @param key its key
     * @param clientAuthorities files with the authorities of the certificates of clients; empty if clients need none
     * @param clientCertificateRequired whether a client must have such a certificate
     */
    public record Tls(Path certificate, Path key, List<Path> clientAuthorities, boolean clientCertificateRequired) {}

    /**
     * What a manifest is checked for when it is pushed.
     *
     * @param blobs whether the config and layers of an image must exist
     * @param manifests whether the manifests of an index must exist
     */
    public record Validation(boolean blobs, boolean manifests) {}

    /**
     * When a blob that is pulled as a whole is hashed on its way.
     *
     * @param verified whether it is hashed at all
     * @param interval the time for which data that was hashed is not hashed again
     */
    public record Reads(boolean verified, Duration interval) {}

    /**
     * When abandoned uploads are deleted.
     *
     * @param purge whether they are deleted at all
     * @param age the time without progress after which they are deleted
     * @param interval the time between two searches for them
     */
    public record Uploads(boolean purge, Duration age, Duration interval) {
        /** Longer than any process runs. */
        private static final Duration NEVER = Duration.ofDays(365_000);

        /** Returns the time after which they are deleted, whether they are deleted at all or not. */
        public Duration expiry() {
            return purge ? age : NEVER;
        }
    }
}
