package dev.berth.registry.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link EventId} and the generator of ids. */
class EventIdTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    private final EventIds ids = new EventIds();

    @Test
    void hasTheTimeInIt() {
        EventId id = ids.next(NOW.plusNanos(999));

        assertThat(id.time()).isEqualTo(NOW);
        assertThat(EventId.parse(id.toString())).isEqualTo(id);
    }

    @Test
    void ascendsInTextAlsoWhenTheClockStandsOrGoesBack() {
        List<String> made = new ArrayList<>();
        for (int offset : new int[] {0, 0, 0, 5, -1000, 4, 5, 6, 7}) {
            made.add(ids.next(NOW.plusMillis(offset)).toString());
        }

        assertThat(made).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void differsBetweenGenerators() {
        assertThat(ids.next(NOW)).isNotEqualTo(new EventIds().next(NOW));
    }

    @Test
    void isUniqueAmongThreads() {
        Set<EventId> made = ConcurrentHashMap.newKeySet();

        IntStream.range(0, 10_000).parallel().forEach(i -> made.add(ids.next(NOW)));

        assertThat(made).hasSize(10_000);
    }

    @Test
    void takesTimesThatAUuidCannotHold() {
        assertThat(ids.next(Instant.parse("1969-12-31T23:59:59Z")).time()).isEqualTo(Instant.EPOCH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "019b7c5a-1d88-4a35-9f0e-3b6f8d1c2a47",
                "019b7c5a-1d88-7a35-1f0e-3b6f8d1c2a47",
                "019B7C5A-1D88-7A35-9F0E-3B6F8D1C2A47",
                "19b7c5a-1d88-7a35-9f0e-3b6f8d1c2a47"
            })
    void isNothingButAUuidOfVersion7InLowerCase(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventId.parse(text))
                .withMessageContaining("version 7");
    }
}
