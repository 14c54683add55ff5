package dev.berth.registry.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Manifest;
import dev.berth.registry.Tag;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a process has noted whose clock was years ahead is not kept until then. */
class WrongClockTest {
    private static final Duration YEARS = Duration.ofDays(4000);

    private final Garage garage = new Garage();

    @Test
    void candidatesAreLookedAt() {
        garage.pass(YEARS);
        Manifest image = garage.images.image(garage.app, List.of(500), Tag.parse("1"));
        garage.app.manifests().delete(image.digest());
        garage.pass(YEARS.negated());
        garage.collector.complete(CollectionScope.CHANGED);
        assertThat(garage.keysWith("docker/")).isEmpty();
        assertThat(garage.keysWith("_berth/collection/")).isEmpty();
    }

    @Test
    void marksAreMadeAnew() {
        Manifest image = garage.images.image(garage.app, List.of(500), Tag.parse("1"));
        garage.app.manifests().delete(image.digest());
        garage.pass(YEARS);
        garage.collector.collect(CollectionScope.CHANGED);
        garage.pass(YEARS.negated());
        garage.collector.complete(CollectionScope.CHANGED);
        assertThat(garage.keysWith("docker/")).isEmpty();
        garage.pass(Garage.GRACE);
        garage.collector.complete(CollectionScope.CHANGED);
        assertThat(garage.keysWith("_berth/collection/")).isEmpty();
    }
}
