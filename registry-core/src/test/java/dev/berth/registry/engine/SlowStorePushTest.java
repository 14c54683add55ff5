package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Repository;
import dev.berth.registry.manifest.ImageManifest;
import dev.berth.registry.memory.MemoryObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What takes longer than a mark may be trusted is pushed all the same. */
class SlowStorePushTest {
    private final World world = new World();
    private final SettableClock clock = new SettableClock();
    private Duration latency = Duration.ZERO;

    private final Repository app = StorageRegistry.over(
                    new InterceptedStore(MemoryObjectStore.create()) {
                        @Override
                        <T> T intercept(String operation, String name, Call<T> call) throws IOException {
                            clock.advance(latency);
                            return call.run();
                        }
                    },
                    StorageOptions.builder().clock(clock).pause(clock::advance).build())
            .repository(world.app);

    private Descriptor blob(int number) {
        byte[] bytes = ("layer " + number).getBytes(StandardCharsets.UTF_8);
        Descriptor pushed = app.blobs().push(Digest.sha256(bytes), BlobSource.of(bytes));
        return Descriptor.of(MediaTypes.OCI_LAYER_TAR, pushed.digest(), pushed.size());
    }

    @Test
    void aManifestOfVeryManyLayers() {
        List<Descriptor> layers = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            layers.add(blob(i));
        }
        Manifest manifest = ImageManifest.of(blob(-1), layers).toManifest();
        latency = Duration.ofMillis(2);
        app.manifests().put(manifest, world.latest);
        latency = Duration.ZERO;
        assertThat(app.manifests().get(world.latest)).isEqualTo(manifest);
    }

    @Test
    void anImageWhereEachCallTakesLong() {
        latency = Duration.ofMillis(80);
        Manifest manifest =
                ImageManifest.of(blob(-1), List.of(blob(1), blob(2))).toManifest();
        app.manifests().put(manifest, world.latest);
        assertThat(app.manifests().get(world.latest)).isEqualTo(manifest);
    }
}
