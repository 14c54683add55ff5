package dev.berth.registry.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ImageLocationTest {
    private static final Manifest INDEX = Manifest.of(
            MediaTypes.OCI_INDEX,
            ("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX + "\",\"manifests\":[]}")
                    .getBytes(StandardCharsets.UTF_8));

    private final Registry registry = StorageRegistry.over(MemoryObjectStore.create());

    @Test
    void isParsedWithinItsRegistry() {
        Digest digest = Digest.sha256(new byte[0]);
        ImageLocation tagged = ImageLocation.of(registry, "team/app:1.0");
        assertThat(tagged)
                .isEqualTo(ImageLocation.of(registry, RepositoryName.of("team", "app"), Tag.parse("1.0")))
                .hasToString("team/app:1.0 in " + registry);
        assertThat(tagged.tag()).contains(Tag.parse("1.0"));
        assertThat(tagged.repository().name()).isEqualTo(RepositoryName.of("team", "app"));
        assertThat(ImageLocation.of(registry, "team/app").selector()).isEqualTo(Tag.LATEST);
        ImageLocation pinned = ImageLocation.of(registry, "team/app@" + digest);
        assertThat(pinned.selector()).isEqualTo(digest);
        assertThat(pinned.tag()).isEmpty();
        assertThat(tagged.withSelector(digest)).isEqualTo(pinned).hasToString("team/app@" + digest + " in " + registry);
    }

    @Test
    void otherTextIsRefused() {
        for (String text :
                new String[] {"", "Team:1", "team/app:", "team/app@", "team/app@1.0", "host:5000/team/app"}) {
            assertThatIllegalArgumentException().as(text).isThrownBy(() -> ImageLocation.of(registry, text));
        }
        assertThatNullPointerException().isThrownBy(() -> ImageLocation.of(registry, (String) null));
        assertThatNullPointerException().isThrownBy(() -> ImageLocation.of(null, "team/app"));
    }

    @Test
    void storesAndFindsItsImage() {
        ImageLocation location = ImageLocation.of(registry, "team/app:1.0");
        assertThat(location.find()).isEmpty();
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(location::get)
                .extracting(RegistryException::code)
                .isEqualTo(ErrorCode.MANIFEST_UNKNOWN);

        assertThat(location.put(INDEX).tags()).containsExactly(Tag.parse("1.0"));

        assertThat(location.find()).contains(INDEX.descriptor());
        assertThat(location.get()).isEqualTo(INDEX);
    }

    @Test
    void storesUnderADigestOnlyWhatHasIt() {
        ImageLocation location = ImageLocation.of(registry, "team/app@" + INDEX.digest());
        assertThat(location.put(INDEX).tags()).isEmpty();
        assertThat(location.get()).isEqualTo(INDEX);

        ImageLocation other = location.withSelector(Digest.sha256(new byte[0]));
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> other.put(INDEX))
                .withMessageContaining(INDEX.digest().toString())
                .extracting(RegistryException::code)
                .isEqualTo(ErrorCode.DIGEST_INVALID);
    }
}
