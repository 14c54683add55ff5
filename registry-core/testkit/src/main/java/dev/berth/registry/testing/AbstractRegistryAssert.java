package dev.berth.registry.testing;

import dev.berth.registry.ImageLocation;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about the content of a registry.
 *
 * @param <S> the type of the assertions
 * @param <A> the type of what they are about
 * @since 0.1
 */
public abstract sealed class AbstractRegistryAssert<S extends AbstractRegistryAssert<S, A>, A>
        extends AbstractAssert<S, A> permits RegistryAssert, TestRegistryAssert {

    AbstractRegistryAssert(A actual, Class<S> type) {
        super(actual, type);
    }

    abstract Registry registry();

    /**
     * Verifies that a repository has this tag.
     *
     * @return assertions about the image that it names
     * @throws IllegalArgumentException if the repository or the tag is not valid
     */
    public ImageAssert hasTag(String repository, String tag) {
        return location(repository, tag).exists();
    }

    /**
     * Verifies that a repository, which need not exist, does not have this tag.
     *
     * @throws IllegalArgumentException if the repository or the tag is not valid
     */
    public S doesNotHaveTag(String repository, String tag) {
        location(repository, tag).doesNotExist();
        return myself;
    }

    private ImageLocationAssert location(String repository, String tag) {
        isNotNull();
        ImageLocation location = ImageLocation.of(registry(), RepositoryName.parse(repository), Tag.parse(tag));
        return new ImageLocationAssert(location).as("%s", descriptionText());
    }
}
