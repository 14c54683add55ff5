package dev.berth.registry.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import org.junit.jupiter.api.Test;

/** A note of a reference that is not there any more, as a collection leaves that dies, goes with a collection of everything. */
class NotedReferenceTest {
    @Test
    void goes() {
        Garage garage = new Garage();
        String manifest = "sha256/" + Digest.sha256(new byte[] {1}).hex();
        String content = "sha256-" + Digest.sha256(new byte[] {2}).hex();
        garage.write("_berth/collection/ghosts/" + manifest + "/team.app/" + content, "");

        garage.collector.complete(CollectionScope.EVERYTHING);

        assertThat(garage.keysWith("_berth/collection/")).isEmpty();
    }
}
