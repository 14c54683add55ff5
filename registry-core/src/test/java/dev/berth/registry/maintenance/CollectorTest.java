package dev.berth.registry.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MountSource;
import dev.berth.registry.Platform;
import dev.berth.registry.Tag;
import dev.berth.registry.maintenance.CollectionDetail.Kind;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.manifest.ManifestDocument;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a collection removes, and what it keeps. */
class CollectorTest {
    private static final Platform LINUX = Platform.of("linux", "amd64");
    private static final Tag ONE = Tag.parse("1");
    private static final Tag TWO = Tag.parse("2");

    private final Garage garage = new Garage();

    @ParameterizedTest
    @EnumSource
    void aDeletedImageGoesAndNothingOfItIsLeft(CollectionScope scope) {
        List<String> before = withoutFormat();
        Manifest image = garage.images.image(garage.app, List.of(500, 700), ONE);
        garage.app.manifests().delete(image.digest());
        CollectionReport report = garage.collector.complete(scope);
        assertThat(withoutFormat()).isEqualTo(before);
        assertThat(report.count(Kind.REMOVED)).isEqualTo(4);
        assertThat(report.removedBytes()).isGreaterThan(1200);
        assertThat(report.removedLinks()).isEqualTo(3);
    }

    private List<String> withoutFormat() {
        return garage.keys().stream()
                .filter(key -> !key.equals("_berth/index/format") && !key.startsWith("_berth/index/repairs/"))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void whatOtherImagesNeedStays(CollectionScope scope) {
        byte[] shared = garage.images.layer(900);
        Manifest first = garage.images.image(garage.app, LINUX, List.of(shared, garage.images.layer(100)), ONE);
        Manifest second = garage.images.image(garage.app, LINUX, List.of(shared), TWO);
        Manifest third = garage.images.image(garage.other, LINUX, List.of(shared), ONE);
        garage.app.manifests().delete(first.digest());
        garage.collector.complete(scope);
        Garage.requireComplete(garage.app, second.descriptor());
        Garage.requireComplete(garage.other, third.descriptor());
        assertThat(garage.hasData(first.digest())).isFalse();
        garage.app.manifests().delete(second.digest());
        garage.collector.complete(scope);
        Garage.requireComplete(garage.other, third.descriptor());
        assertThat(garage.keysWith("team/app/_layers/")).isEmpty();
        assertThat(garage.keysWith("/team.app")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aBlobThatNoManifestNamesGoesAfterItsGracePeriod(CollectionScope scope) {
        Digest blob = garage.app
                .blobs()
                .push(Digest.sha256(bytes("lonely")), BlobSource.of(bytes("lonely")))
                .digest();
        garage.collector.collect(scope);
        garage.pass(Garage.GRACE.minusMinutes(1));
        garage.collector.collect(scope);
        assertThat(garage.hasData(blob)).as("still within its grace period").isEqualTo(true);
        garage.pass(Garage.DUE);
        garage.collector.collect(scope);
        assertThat(garage.hasData(blob)).isFalse();
        assertThat(garage.app.blobs().find(blob)).isEmpty();
    }

    @Test
    void whoAsksForACondemnedBlobRescuesIt() {
        Digest blob = garage.app
                .blobs()
                .push(Digest.sha256(bytes("wanted")), BlobSource.of(bytes("wanted")))
                .digest();
        garage.pass(Garage.DUE);
        assertThat(garage.collector.collect(CollectionScope.CHANGED).count(Kind.CONDEMNED))
                .isEqualTo(1);
        garage.pass(Garage.DUE);
        assertThat(garage.app.blobs().find(blob)).isPresent();
        garage.collector.collect(CollectionScope.CHANGED);
        assertThat(garage.hasData(blob)).isTrue();
        garage.collector.complete(CollectionScope.CHANGED);
        assertThat(garage.hasData(blob)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aManifestRescuesWhatItNeeds(CollectionScope scope) {
        Manifest image = garage.images.image(garage.app, List.of(300), ONE);
        garage.app.manifests().delete(image.digest());
        garage.pass(Garage.DUE);
        garage.collector.collect(scope);
        garage.pass(Garage.DUE);
        garage.app.manifests().put(image, ONE);
        garage.collector.complete(scope);
        Garage.requireComplete(garage.app, image.descriptor());
    }

    @ParameterizedTest
    @EnumSource
    void anIndexKeepsItsManifestsAndTheirBlobs(CollectionScope scope) {
        Manifest index = garage.images.index(garage.app, List.of(LINUX, Platform.of("linux", "arm64")), ONE);
        Manifest signature = garage.images.referrer(garage.app, index.descriptor(), "application/vnd.example");
        garage.collector.complete(scope);
        Garage.requireComplete(garage.app, index.descriptor());
        Garage.requireComplete(garage.app, signature.descriptor());
    }

    @ParameterizedTest
    @EnumSource
    void aLinkGoesWhereOnlyOtherRepositoriesNeedTheData(CollectionScope scope) {
        Manifest image = garage.images.image(garage.app, List.of(300), ONE);
        Digest layer =
                ((ImageManifest) ManifestDocument.parse(image)).layers().get(0).digest();
        garage.other.blobs().mount(layer, MountSource.from(garage.app.name()));
        garage.collector.complete(scope);
        assertThat(garage.other.blobs().find(layer)).isEmpty();
        Garage.requireComplete(garage.app, image.descriptor());
    }

    @ParameterizedTest
    @EnumSource
    void aPlanChangesNothing(CollectionScope scope) {
        Manifest image = garage.images.image(garage.app, List.of(300, 400), ONE);
        garage.app.manifests().delete(image.digest());
        garage.pass(Garage.DUE);
        List<String> before = garage.keys();
        CollectionReport plan = garage.collector.plan(scope);
        assertThat(garage.keys()).isEqualTo(before);
        assertThat(plan.plan()).isTrue();
        assertThat(plan.count(Kind.CONDEMNED)).isEqualTo(4);
        assertThat(plan.bytes(Kind.CONDEMNED)).isGreaterThan(700);
        CollectionReport report = garage.collector.collect(scope);
        assertThat(report.bytes(Kind.CONDEMNED)).isEqualTo(plan.bytes(Kind.CONDEMNED));
        CollectionReport waiting = garage.collector.plan(scope);
        assertThat(waiting.count(Kind.WAITING)).isEqualTo(4);
        assertThat(waiting.nextDue()).contains(garage.instant().plus(Garage.DUE));
        garage.pass(Garage.GRACE.plus(Duration.ofSeconds(5)));
        assertThat(garage.collector.plan(scope).removedBytes()).isEqualTo(plan.bytes(Kind.CONDEMNED));
        assertThat(garage.collector.collect(scope).removedBytes()).isEqualTo(plan.bytes(Kind.CONDEMNED));
    }

    @Test
    void theReportIsReadableAndStable() {
        Digest blob = garage.app
                .blobs()
                .push(Digest.sha256(bytes("x")), BlobSource.of(bytes("x")))
                .digest();
        garage.pass(Garage.DUE);
        CollectionReport report = garage.collector.collect(CollectionScope.CHANGED);
        assertThat(report.toString())
                .contains("Not needed, and condemned: 1, 1 bytes", "condemned " + blob + " (1 bytes), not before");
        assertThat(report.toJson())
                .startsWith("{\"scope\":\"changed\",\"plan\":false,\"counts\":{\"removed\":0,\"condemned\":1,")
                .contains("\"object\":\"" + blob + "\",\"bytes\":1,");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
