package dev.berth.registry.testing;

import dev.berth.registry.Descriptor;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.RegistryException;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about an image in any registry.
 *
 * <pre>{@code
 * assertThat(ImageLocation.of(registry, "app:1.0")).exists().withDigest("sha256:…");
 * }</pre>
 *
 * <p>They fail with {@link RegistryException} where the registry does.
 *
 * @since 0.1
 */
public final class ImageLocationAssert extends AbstractAssert<ImageLocationAssert, ImageLocation> {
    ImageLocationAssert(ImageLocation actual) {
        super(actual, ImageLocationAssert.class);
    }

    /**
     * Verifies that the image exists.
     *
     * @return assertions about it
     */
    public ImageAssert exists() {
        isNotNull();
        Optional<Descriptor> manifest = actual.find();
        if (manifest.isEmpty()) {
            failWithMessage(
                    "Expected the %s in the repository %s, which has %s",
                    what(), actual.repositoryName(), existingTags());
        }
        return new ImageAssert(
                manifest.orElseThrow(),
                actual.repositoryName() + (actual.tag().isPresent() ? ":" : "@") + actual.selector());
    }

    /** Verifies that the image, or its repository, does not exist. */
    public ImageLocationAssert doesNotExist() {
        isNotNull();
        actual.find()
                .ifPresent(manifest -> failWithMessage(
                        "Expected no %s in the repository %s, but it names %s",
                        what(), actual.repositoryName(), manifest));
        return this;
    }

    private String what() {
        return (actual.tag().isPresent() ? "tag " : "manifest ") + actual.selector();
    }

    private String existingTags() {
        try {
            return actual.repository().tags().list().toList().toString();
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.NAME_UNKNOWN) {
                return "never been pushed to";
            }
            throw e;
        }
    }
}
