package dev.berth.registry.testing;

import dev.berth.registry.Registry;
import java.util.List;

/**
 * Assertions about the requests to a {@link TestRegistry}, and about its content.
 *
 * <pre>{@code
 * assertThat(registry).received(GET, "/v2/app/manifests/1.0").times(1);
 * assertThat(registry).hasTag("app", "1.0").withDigest("sha256:…");
 * }</pre>
 *
 * @since 0.1
 */
public final class TestRegistryAssert extends AbstractRegistryAssert<TestRegistryAssert, TestRegistry> {

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

    @Override
    Registry registry() {
        return actual.registry();
    }

    static String lines(Iterable<JournalEntry> entries) {
        StringBuilder text = new StringBuilder();
        entries.forEach(entry -> text.append("  ").append(entry).append('\n'));
        return text.toString();
    }
}
