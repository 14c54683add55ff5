package dev.berth.registry.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import dev.berth.registry.Tag;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A collection whose process dies at any of its calls is continued by the next one. */
class InterruptedCollectionTest {
    @ParameterizedTest
    @EnumSource
    void itIsContinuedWhereverItDied(CollectionScope scope) {
        Garage garage = new Garage();
        byte[] shared = garage.images.layer(100);
        Platform linux = Platform.of("linux", "amd64");
        Manifest kept = garage.images.image(garage.app, linux, List.of(shared), Tag.parse("kept"));
        List<String> before = garage.keysWith("docker/");
        Manifest deleted =
                garage.images.image(garage.app, linux, List.of(shared, garage.images.layer(200)), Tag.parse("old"));
        Manifest elsewhere = garage.images.image(garage.other, linux, List.of(shared), Tag.parse("old"));
        garage.app.manifests().delete(deleted.digest());
        garage.other.manifests().delete(elsewhere.digest());
        int deaths = 0;
        for (int calls = 1; !completesWithin(calls, garage, scope); calls += 3) {
            garage.pass(Garage.DUE);
            deaths++;
            Garage.requireComplete(garage.app, kept.descriptor());
        }
        assertThat(deaths).isGreaterThan(10);
        garage.collector.complete(scope);
        Garage.requireComplete(garage.app, kept.descriptor());
        assertThat(garage.keysWith("docker/")).isEqualTo(before);
        assertThat(garage.keysWith("_berth/collection/")).isEmpty();
    }

    private static boolean completesWithin(int calls, Garage garage, CollectionScope scope) {
        DyingStore store = new DyingStore(garage.store, calls);
        try (Collector collector =
                Collector.over(store, garage.timed(CollectionOptions.builder()).build())) {
            collector.collect(scope);
            return true;
        } catch (DyingStore.Died e) {
            return false;
        }
    }
}
