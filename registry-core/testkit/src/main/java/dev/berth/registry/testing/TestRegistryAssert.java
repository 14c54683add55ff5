package dev.berth.registry.testing;

import dev.berth.registry.Descriptor;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about a {@link TestRegistry}.
 *
 * <pre>{@code
 * assertThat(registry).received(GET, "/v2/app/manifests/1.0").times(1);
 * assertThat(registry).hasTag("app", "1.0").withDigest("sha256:…");
 * }</pre>
 */
// Whoever uses this reads that module anyway; others need not have it.
@SuppressWarnings("exports")
public final class TestRegistryAssert extends AbstractAssert<TestRegistryAssert, TestRegistry> {

    TestRegistryAssert(TestRegistry actual) {
        super(actual, TestRegistryAssert.class);
    }

    /**
     * Verifies that there was such a request.
     *
     * @param path a path, where {@code *} stands for any text without a slash and {@code **} for any text
     * @return assertions about these requests
     */
    public ReceivedAssert received(HttpMethod method, String path) {
        isNotNull();
        return new ReceivedAssert(
                actual.journal().entries(method, path),
                method + " " + path,
                actual.journal(),
                getWritableAssertionInfo().descriptionText());
    }

    /** Verifies that there was no such request; the path is as in {@link #received}. */
    public TestRegistryAssert hasNotReceived(HttpMethod method, String path) {
        isNotNull();
        List<JournalEntry> entries = actual.journal().entries(method, path);
        if (!entries.isEmpty()) {
            failWithMessage("Expected no %s %s, but there were %d:%n%s", method, path, entries.size(), lines(entries));
        }
        return this;
    }

    /**
     * Verifies that a repository has this tag.
     *
     * @return assertions about the manifest to which it points
     */
    public TaggedAssert hasTag(String repository, String tag) {
        isNotNull();
        RepositoryName name = RepositoryName.parse(repository);
        Optional<Descriptor> manifest =
                actual.registry().repository(name).tags().resolve(Tag.of(tag));
        if (manifest.isEmpty()) {
            failWithMessage("Expected the tag %s in the repository %s, which has %s", tag, repository, tags(name));
        }
        return new TaggedAssert(manifest.orElseThrow(), repository + ":" + tag);
    }

    /** Verifies that a repository, which may be missing as a whole, does not have this tag. */
    public TestRegistryAssert doesNotHaveTag(String repository, String tag) {
        isNotNull();
        actual.registry()
                .repository(RepositoryName.parse(repository))
                .tags()
                .resolve(Tag.of(tag))
                .ifPresent(manifest -> failWithMessage(
                        "Expected no tag %s in the repository %s, but it points to %s", tag, repository, manifest));
        return this;
    }

    private String tags(RepositoryName name) {
        try {
            return actual.registry().repository(name).tags().list().toList().toString();
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.NAME_UNKNOWN) {
                return "never been pushed to";
            }
            throw e;
        }
    }

    static String lines(Iterable<JournalEntry> entries) {
        StringBuilder text = new StringBuilder();
        entries.forEach(entry -> text.append("  ").append(entry).append('\n'));
        return text.toString();
    }
}
