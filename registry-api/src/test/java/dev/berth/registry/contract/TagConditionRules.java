package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.PutOptions;
import dev.berth.registry.PutResult;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import dev.berth.registry.TagCondition;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tags that are set only if they name what was expected, or nothing. */
@org.junit.jupiter.api.Tag("end-7")
abstract class TagConditionRules extends RegistryRules {
    private static final Tag ONE = tag("release-1");
    private static final Tag TWO = tag("release-2");

    TagConditionRules(RegistryContract contract) {
        super(contract);
    }

    private void requireConditions() {
        assumeTrue(contract.supportsTagConditions(), "The registry does not keep conditions on tags");
    }

    private static PutOptions options(TagCondition condition, Tag... tags) {
        return PutOptions.tagged(tags).onlyIf(condition);
    }

    @Test
    void aTagThatMustBeAbsentIsSetOnce() {
        requireConditions();
        Repository repository = freshRepository();
        Manifest first = imageIn(repository);
        assertThat(repository
                        .manifests()
                        .put(first, options(TagCondition.absent(), ONE))
                        .tags())
                .containsExactly(ONE);
        Manifest second = imageIn(repository);
        for (Manifest image : List.of(first, second)) {
            assertThat(failure(
                            ErrorCode.PRECONDITION_FAILED,
                            () -> repository.manifests().put(image, options(TagCondition.absent(), ONE))))
                    .hasMessageContaining(ONE.value());
        }
        assertHas(repository, first, ONE);
    }

    @Test
    void aTagThatMustNameAManifestIsMovedFromItOnly() {
        requireConditions();
        Repository repository = freshRepository();
        Manifest first = putImage(repository, ONE);
        Manifest second = imageIn(repository);
        Manifest third = imageIn(repository);
        repository.manifests().put(second, options(TagCondition.currently(first.digest()), ONE));
        assertHas(repository, second, ONE);
        failure(
                ErrorCode.PRECONDITION_FAILED,
                () -> repository.manifests().put(third, options(TagCondition.currently(first.digest()), ONE)));
        assertHas(repository, second, ONE);
    }

    @Test
    void aTagThatIsNotThereNamesNothing() {
        requireConditions();
        Repository repository = freshRepository();
        Manifest image = putImage(repository, TWO);
        failure(
                ErrorCode.PRECONDITION_FAILED,
                () -> repository.manifests().put(image, options(TagCondition.currently(image.digest()), ONE)));
        assertLacks(repository, ONE);
        assertHas(repository, image, TWO);
        assertThat(repository.tags().list()).containsExactly(TWO);
    }

    @Test
    void aTagThatIsPushedAloneKeepsItsCondition() {
        requireConditions();
        Repository repository = freshRepository();
        Manifest first = putImage(repository);
        Manifest second = putImage(repository);
        repository.tags().put(ONE, first.digest(), TagCondition.absent());
        assertHas(repository, first, ONE);
        assertKept(repository, second.digest(), TagCondition.absent());
        assertKept(repository, second.digest(), TagCondition.currently(second.digest()));
        assertHas(repository, first, ONE);
        repository.tags().put(ONE, second.digest(), TagCondition.currently(first.digest()));
        assertHas(repository, second, ONE);
        assertKept(repository, first.digest(), TagCondition.currently(first.digest()));
        assertHas(repository, second, ONE);
    }

    private static void assertKept(Repository repository, Digest target, TagCondition condition) {
        assertThat(failure(
                        ErrorCode.PRECONDITION_FAILED, () -> repository.tags().put(ONE, target, condition)))
                .hasMessageContaining(ONE.value());
    }

    @Test
    void aTagThatWasDeletedIsAbsent() {
        requireConditions();
        assumeTrue(contract.supportsTagDelete(), "The registry does not delete tags alone");
        Repository repository = freshRepository();
        Manifest image = putImage(repository, ONE);
        repository.tags().delete(ONE);
        assertKept(repository, image.digest(), TagCondition.currently(image.digest()));
        repository.tags().put(ONE, image.digest(), TagCondition.absent());
        assertHas(repository, image, ONE);
        assertThat(repository.tags().list()).containsExactly(ONE);
    }

    @Test
    void aTagWhoseManifestWasDeletedIsAbsent() {
        requireConditions();
        assumeTrue(contract.supportsDelete(), "The registry does not delete");
        Repository repository = freshRepository();
        Manifest first = putImage(repository, ONE);
        Manifest second = putImage(repository);
        repository.manifests().delete(first.digest());
        repository.tags().put(ONE, second.digest(), TagCondition.absent());
        assertHas(repository, second, ONE);
    }

    @Test
    void ofATagThatIsNotSetTheManifestStaysAndIsNamed() {
        requireConditions();
        Repository repository = freshRepository();
        putImage(repository, ONE);
        Manifest image = imageIn(repository);
        RegistryException failure = failure(
                ErrorCode.PRECONDITION_FAILED,
                () -> repository.manifests().put(image, options(TagCondition.absent(), ONE, TWO)));
        assertStored(failure, image);
        assertHas(repository, image);
        assertThat(repository.tags().list()).containsExactly(ONE);
    }

    private static void assertStored(RegistryException failure, Manifest manifest, Tag... tags) {
        PutResult stored = failure.stored().orElseThrow();
        assertThat(stored.descriptor()).isEqualTo(manifest.descriptor());
        assertThat(stored.tags()).containsExactly(tags);
    }

    @Test
    void ofSeveralTagsThoseBeforeTheFirstFailureStayAndAreNamed() {
        requireConditions();
        Repository repository = freshRepository();
        Manifest before = putImage(repository, TWO);
        Manifest image = imageIn(repository);
        Tag three = tag("release-3");
        RegistryException failure = failure(
                ErrorCode.PRECONDITION_FAILED,
                () -> repository.manifests().put(image, options(TagCondition.absent(), ONE, TWO, three)));
        assertThat(failure).hasMessageContaining(ONE.value()).hasMessageContaining(TWO.value());
        assertThat(failure.getMessage()).doesNotContain(three.value());
        assertStored(failure, image, ONE);
        assertHas(repository, image, ONE);
        assertHas(repository, before, TWO);
        assertLacks(repository, three);
        assertThat(repository.tags().list()).containsExactly(ONE, TWO);
    }

    @Test
    void aConditionThatCannotBeKeptIsNotIgnored() {
        assumeFalse(contract.supportsTagConditions(), "The registry keeps conditions on tags");
        Repository repository = freshRepository();
        Manifest image = putImage(repository, TWO);
        for (TagCondition condition : List.of(TagCondition.absent(), TagCondition.currently(image.digest()))) {
            failure(ErrorCode.UNSUPPORTED, () -> repository.manifests().put(image, options(condition, ONE)));
            failure(ErrorCode.UNSUPPORTED, () -> repository.tags().put(ONE, image.digest(), condition));
        }
        assertLacks(repository, ONE);
    }
}
