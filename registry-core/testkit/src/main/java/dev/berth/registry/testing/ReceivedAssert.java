package dev.berth.registry.testing;

import java.util.List;
import java.util.function.Predicate;
import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about the requests of one kind that a {@link TestRegistry} received, of which there is at least one.
 *
 * @since 0.1
 */
public final class ReceivedAssert extends AbstractAssert<ReceivedAssert, List<JournalEntry>> {
    private final String what;
    private final Journal journal;

    ReceivedAssert(List<JournalEntry> entries, String what, Journal journal, String description) {
        super(entries, ReceivedAssert.class);
        this.what = what;
        this.journal = journal;
        as("%s", description);
        if (entries.isEmpty()) {
            failWithMessage("Expected %s, but there was no such request; there were:%n%s", what, all());
        }
    }

    /**
     * Verifies how many there are.
     *
     * @throws IllegalStateException if the journal has removed entries because there were too many
     */
    public ReceivedAssert times(int count) {
        if (journal.forgotten() > 0) {
            throw new IllegalStateException("The journal has forgotten " + journal.forgotten()
                    + " requests, so they cannot be counted; clear it between the steps of the test");
        }
        if (actual.size() != count) {
            failWithMessage(
                    "Expected %s %d times, but it came %d times:%n%s",
                    what, count, actual.size(), TestRegistryAssert.lines(actual));
        }
        return this;
    }

    /** Verifies that some were answered with this status, and selects these. */
    public ReceivedAssert withStatus(int status) {
        return that("status " + status, entry -> entry.status().orElse(0) == status);
    }

    /** Verifies that some have this header field, and selects these. */
    public ReceivedAssert withHeader(String name, String value) {
        return that(
                name + ": " + value, entry -> entry.requestHeaders().all(name).contains(value));
    }

    /** Verifies that some were made by this user, and selects these. */
    public ReceivedAssert by(String caller) {
        return that("caller " + caller, entry -> entry.caller().equals(caller));
    }

    private ReceivedAssert that(String condition, Predicate<JournalEntry> predicate) {
        List<JournalEntry> chosen = actual.stream().filter(predicate).toList();
        if (chosen.isEmpty()) {
            failWithMessage(
                    "Expected %s with %s, but there were only:%n%s", what, condition, TestRegistryAssert.lines(actual));
        }
        return new ReceivedAssert(
                chosen,
                what + " with " + condition,
                journal,
                getWritableAssertionInfo().descriptionText());
    }

    private String all() {
        return TestRegistryAssert.lines(journal.entries());
    }
}
