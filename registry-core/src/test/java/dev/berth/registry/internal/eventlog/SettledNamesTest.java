package dev.berth.registry.internal.eventlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SettledNamesTest {
    private final SettledNames<Integer> names = new SettledNames<>();

    @Test
    void aNameCountsOnceItWasInTheListingBefore() {
        assertThat(names.next(List.of(3, 1))).isEmpty();
        assertThat(names.newcomers()).isTrue();
        assertThat(names.next(List.of(3, 1))).containsExactly(1, 3);
        assertThat(names.newcomers()).isFalse();
    }

    /** 2 was acknowledged before 3 was published, and the first listing had looked where 2 is before it was there. */
    @Test
    void aNameDoesNotCountBeforeANewcomerThatComesBeforeIt() {
        assertThat(names.next(List.of(1, 3))).isEmpty();
        assertThat(names.next(List.of(1, 2, 3))).containsExactly(1);
        assertThat(names.next(List.of(2, 3, 4))).containsExactly(2, 3);
    }

    @Test
    void aNameThatIsGoneIsForgotten() {
        assertThat(names.next(List.of(1))).isEmpty();
        assertThat(names.next(List.of())).isEmpty();
        assertThat(names.next(List.of(1))).isEmpty();
    }
}
