package dev.berth.registry.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.Tag;
import dev.berth.registry.maintenance.CollectionDetail.Kind;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ForwardingObjectStore;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStat;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What cannot be read or understood is listed, and kept with its neighbours, and all others are collected. */
class BrokenObjectsTest {
    private static final Tag TAG = Tag.parse("1");

    private final Garage.MovingClock clock = new Garage.MovingClock();
    private final Unreadable store =
            new Unreadable(MemoryObjectStore.builder().clock(clock).build());
    private final Garage garage = new Garage(clock, store, CollectionOptions.builder());

    private static final class Unreadable extends ForwardingObjectStore {
        private final Set<String> keys = new HashSet<>();

        Unreadable(ObjectStore delegate) {
            super(delegate);
        }

        private void check(ObjectKey key) throws IOException {
            if (keys.contains(key.value())) {
                throw new IOException("Input/output error");
            }
        }

        @Override
        public Optional<ObjectStat> stat(ObjectKey key) throws IOException {
            check(key);
            return super.stat(key);
        }

        @Override
        public Optional<ObjectContent> open(ObjectKey key, long offset, long length) throws IOException {
            check(key);
            return super.open(key, offset, length);
        }
    }

    private static String revision(String repository, Digest digest) {
        return "docker/registry/v2/repositories/" + repository + "/_manifests/revisions/sha256/" + digest.hex()
                + "/link";
    }

    @ParameterizedTest
    @EnumSource
    void aLinkThatCannotBeRead(CollectionScope scope) {
        Manifest image = garage.images.image(garage.app, List.of(300), TAG);
        Manifest deleted = garage.images.image(garage.app, List.of(400), TAG);
        garage.app.manifests().delete(deleted.digest());
        store.keys.add(revision("team/app", image.digest()));
        CollectionReport report = garage.collector.complete(scope);
        store.keys.clear();
        assertThat(garage.hasData(deleted.digest())).isFalse();
        assertThat(report.count(Kind.BROKEN)).isPositive();
        Garage.requireComplete(garage.app, image.descriptor());
    }

    @Test
    void aLinkThatDoesNotHoldADigest() {
        Manifest image = garage.images.image(garage.app, List.of(300), TAG);
        List<String> before = garage.keysWith("/blobs/");
        garage.write(revision("team/app", image.digest()), "sha256:12");
        garage.collector.complete(CollectionScope.EVERYTHING);
        assertThat(garage.keysWith("/blobs/")).isEqualTo(before);
        garage.write(revision("team/app", image.digest()), image.digest().toString());
        Garage.requireComplete(garage.app, image.descriptor());
    }

    @Test
    void aManifestThatIsNotUnderstoodKeepsWhatItsRepositoryLinks() {
        Manifest image = garage.images.image(garage.app, List.of(300), TAG);
        Manifest other = garage.images.image(garage.other, List.of(500), TAG);
        garage.write(
                "docker/registry/v2/blobs/sha256/" + image.digest().hex().substring(0, 2) + "/"
                        + image.digest().hex() + "/data",
                "rotten");
        garage.keysWith("_berth/index/references/").forEach(key -> delete(ObjectKey.of(key)));
        garage.other.manifests().delete(other.digest());
        int links = garage.keysWith("team/app/_layers").size();
        CollectionReport report = garage.collector.complete(CollectionScope.EVERYTHING);
        assertThat(report.details())
                .anyMatch(detail ->
                        detail.kind() == Kind.BROKEN && detail.object().equals("team/app@" + image.digest()));
        assertThat(garage.keysWith("team/app/_layers")).hasSize(links);
        assertThat(garage.hasData(other.digest())).isFalse();
    }

    private void delete(ObjectKey key) {
        try {
            store.delete(key);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
