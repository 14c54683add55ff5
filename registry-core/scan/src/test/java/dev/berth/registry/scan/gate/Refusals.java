package dev.berth.registry.scan.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.ManifestSelector;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.Tag;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a gate refuses, and what it hands out. */
final class Refusals {
    private Refusals() {}

    static RegistryException failure(ThrowingCallable call) {
        RegistryException failure = catchThrowableOfType(RegistryException.class, call);
        assertThat(failure).as("it should have failed").isNotNull();
        return failure;
    }

    /** Checks that neither content nor digest is handed out, and that the reason is told. */
    static void assertDenied(Repository repository, ManifestSelector selector, String... reasons) {
        RegistryException failure = failure(() -> repository.manifests().get(selector));
        assertThat(failure.code()).as(failure.getMessage()).isEqualTo(ErrorCode.DENIED);
        assertThat(failure).hasMessageContaining(repository.name().value()).hasMessageContainingAll(reasons);
        assertThat(failure(() -> repository.manifests().find(selector)).code()).isEqualTo(ErrorCode.DENIED);
        if (selector instanceof Tag tag) {
            assertThat(failure(() -> repository.tags().resolve(tag)).code()).isEqualTo(ErrorCode.DENIED);
        }
    }

    static void assertHandedOut(Repository repository, ManifestSelector selector) {
        assertThat(repository.manifests().get(selector).size()).isPositive();
        assertThat(repository.manifests().find(selector)).isPresent();
        if (selector instanceof Tag tag) {
            assertThat(repository.tags().resolve(tag)).isPresent();
        }
    }
}
