package dev.berth.registry.account.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.RegistryException;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import dev.berth.registry.token.SigningKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoredKeysTest {
    private final SettableClock clock = new SettableClock();
    private final ObjectStore store = MemoryObjectStore.create();
    private final StoredKeys here = open();
    private final StoredKeys there = open();

    private StoredKeys open() {
        return StoredKeys.over(
                store,
                StoredKeysOptions.builder()
                        .clock(clock)
                        .publishedBefore(Duration.ofMinutes(10))
                        .keptFor(Duration.ofDays(1))
                        .build());
    }

    private static List<String> ids(StoredKeys keys) {
        return keys.get().stream().map(SigningKey::id).toList();
    }

    @Test
    void theFirstKeyIsSharedAndStays() {
        assertThat(ids(here)).hasSize(1).isEqualTo(ids(there)).isEqualTo(ids(open()));
        clock.advance(Duration.ofDays(1000));
        assertThat(ids(open())).isEqualTo(ids(here));
    }

    @Test
    void aNewerKeyIsPublishedBeforeItSignsAndOlderOnesVerifyForAWhile() {
        String old = ids(here).get(0);
        ids(there);
        String newer = here.rotate();
        assertThat(ids(here)).containsExactly(old, newer);
        clock.advance(Duration.ofSeconds(5));
        assertThat(ids(there)).containsExactly(old, newer);
        clock.advance(Duration.ofMinutes(10));
        assertThat(ids(here)).containsExactly(newer, old).isEqualTo(ids(there));
        clock.advance(Duration.ofDays(1));
        assertThat(ids(here)).containsExactly(newer).isEqualTo(ids(there));
    }

    @Test
    void itIsKnownWhichKeySignsAndFromWhenAndUntilWhen() {
        String old = ids(here).get(0);
        Instant begin = clock.instant();
        String newer = here.rotate();

        Instant change = begin.plus(Duration.ofMinutes(10));
        assertThat(here.states())
                .containsExactly(
                        new KeyState(old, true, begin, Optional.of(change.plus(Duration.ofDays(1)))),
                        new KeyState(newer, false, change, Optional.empty()));
    }

    @Test
    void aRemovedKeyIsGoneAndAnotherOneSigns() {
        String old = ids(here).get(0);
        ids(there);
        String pending = here.rotate();
        assertThat(here.remove(old)).isTrue();
        assertThat(here.remove(old)).isFalse();
        assertThat(ids(here)).hasSize(1).doesNotContain(old, pending);
        clock.advance(Duration.ofSeconds(5));
        assertThat(ids(there)).isEqualTo(ids(here));

        String next = here.rotate();
        assertThat(here.remove(next)).isTrue();
        assertThat(ids(here)).hasSize(1).doesNotContain(next);
    }

    @Test
    void aProcessWhoseClockIsBehindSignsWithTheKeyThatThereIs() {
        String first = ids(here).get(0);
        clock.advance(Duration.ofMinutes(-10));
        assertThat(ids(open())).containsExactly(first);
    }

    @Test
    void keysDoNotPileUp() {
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 20; i++) {
                        here.rotate();
                    }
                })
                .isInstanceOf(RegistryException.class)
                .hasMessageContaining("16 keys");
        clock.advance(Duration.ofDays(2));
        here.rotate();
        assertThat(ids(here)).hasSize(2);
    }

    @Test
    void keysAreInNoMessage() throws IOException {
        SigningKey key = here.get().get(0);
        assertThat(here.toString() + here.get() + key).doesNotContain("\"d\"");
        ObjectKey object = ObjectKey.of("_berth/access/signing-keys");
        byte[] content;
        try (var opened = store.open(object).orElseThrow()) {
            content = opened.stream().readAllBytes();
        }
        String text = new String(content, StandardCharsets.UTF_8);
        String secret = text.replaceAll("(?s).*\\\\\"d\\\\\":\\\\\"([^\\\\]*).*", "$1");
        assertThat(secret).hasSize(43);
        for (String broken : List.of(text.substring(0, text.length() - 5), text.replace("P-256", "P-999"))) {
            store.put(object, broken.getBytes(StandardCharsets.UTF_8), PutCondition.always());
            assertThatThrownBy(() -> open().get())
                    .isInstanceOf(RegistryException.class)
                    .hasMessageContaining("_berth/access/signing-keys")
                    .hasStackTraceContaining("signing-keys")
                    .satisfies(e -> assertThat(stackTrace(e)).doesNotContain(secret));
        }
    }

    private static String stackTrace(Throwable e) {
        var text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
