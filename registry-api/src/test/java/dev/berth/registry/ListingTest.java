package dev.berth.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ListingTest {

    /** The numbers from 1 on, and what was asked of it. */
    private static final class Numbers implements Listing.Source<Integer, Integer> {
        private final int last;
        private final List<String> opened = new ArrayList<>();
        private int read;
        private int asked;

        Numbers(int last) {
            this.last = last;
        }

        @Override
        public Iterator<Integer> open(Optional<Integer> after, OptionalLong wanted) {
            opened.add("after " + after.map(Object::toString).orElse("nothing") + ", "
                    + (wanted.isPresent() ? wanted.getAsLong() : "all"));
            return new Iterator<>() {
                private int next = after.orElse(0) + 1;

                @Override
                public boolean hasNext() {
                    asked++;
                    return next <= last;
                }

                @Override
                public Integer next() {
                    read++;
                    return next++;
                }
            };
        }
    }

    private final Numbers numbers = new Numbers(10);
    private final Listing<Integer, Integer> listing = Listing.of(numbers);

    @Test
    void aListingThatIsMadeOfItPassesOnWhatIsWanted() {
        Listing<Integer, Integer> outer = Listing.of((after, wanted) -> listing.open(after, wanted));

        assertThat(outer.after(4).limit(2).toList()).containsExactly(5, 6);
        assertThat(listing.after(7).limit(3).open(Optional.of(2), OptionalLong.of(9)))
                .toIterable()
                .containsExactly(3, 4, 5);
        assertThat(listing.after(7).open(Optional.empty(), OptionalLong.empty()))
                .toIterable()
                .hasSize(10);

        assertThat(numbers.opened).containsExactly("after 4, 2", "after 2, 3", "after nothing, all");
    }

    @Test
    void listsEverything() {
        assertThat(listing.toList()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        assertThat(listing).hasSize(10);
        assertThat(listing.stream().mapToInt(i -> i).sum()).isEqualTo(55);
        assertThat(numbers.opened).containsOnly("after nothing, all");
    }

    @Test
    void doesNothingBeforeItIsRead() {
        listing.after(3).limit(5).after(4);
        assertThat(numbers.opened).isEmpty();
        Iterator<Integer> iterator = listing.iterator();
        assertThat(numbers.opened).hasSize(1);
        assertThat(numbers.read).isZero();
        iterator.next();
        assertThat(numbers.read).isEqualTo(1);
    }

    @Test
    void readsNoMoreThanIsAskedFor() {
        assertThat(listing.stream().findFirst()).contains(1);
        assertThat(numbers.read).isEqualTo(1);
        assertThat(listing.stream().limit(3)).containsExactly(1, 2, 3);
        assertThat(numbers.read).isEqualTo(4);
        for (int number : listing) {
            if (number == 2) {
                break;
            }
        }
        assertThat(numbers.read).isEqualTo(6);
    }

    @Test
    void asksTheSourceForNoMoreThanTheLimit() {
        assertThat(listing.limit(3).toList()).containsExactly(1, 2, 3);
        assertThat(numbers.opened).containsExactly("after nothing, 3");
        assertThat(numbers.read).isEqualTo(3);
        assertThat(numbers.asked).as("not even whether there is more").isLessThanOrEqualTo(6);
        Iterator<Integer> iterator = listing.limit(1).iterator();
        iterator.next();
        int asked = numbers.asked;
        assertThat(iterator.hasNext()).isFalse();
        assertThat(numbers.asked).isEqualTo(asked);
    }

    @Test
    void aLimitOfZeroOpensNothing() {
        assertThat(listing.limit(0)).isEmpty();
        assertThat(numbers.opened).isEmpty();
    }

    @Test
    void theSmallestLimitHolds() {
        assertThat(listing.limit(3).limit(5).toList()).hasSize(3);
        assertThat(listing.limit(5).limit(3).toList()).hasSize(3);
        assertThat(listing.limit(100).toList()).hasSize(10);
        assertThatIllegalArgumentException().isThrownBy(() -> listing.limit(-1)).withMessageContaining("-1");
    }

    @Test
    void beginsBehindAnEntry() {
        assertThat(listing.after(7).toList()).containsExactly(8, 9, 10);
        assertThat(listing.after(7).after(8).limit(1).toList()).containsExactly(9);
        assertThat(listing.limit(1).after(4).toList()).containsExactly(5);
        assertThat(listing.after(10)).isEmpty();
        assertThat(numbers.opened).contains("after 7, all", "after 8, 1", "after 4, 1");
        assertThatNullPointerException().isThrownBy(() -> listing.after(null));
    }

    @Test
    void isNotChangedByItsViews() {
        Listing<Integer, Integer> tail = listing.after(8);
        Listing<Integer, Integer> one = tail.limit(1);
        assertThat(listing.toList()).hasSize(10);
        assertThat(tail.toList()).containsExactly(9, 10);
        assertThat(one.toList()).containsExactly(9);
    }

    @Test
    void isReadAnewEachTime() {
        assertThat(listing.toList()).isEqualTo(listing.toList());
        assertThat(numbers.opened).hasSize(2);
    }

    @Test
    void endsAsIteratorsDo() {
        Iterator<Integer> limited = listing.limit(1).iterator();
        limited.next();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(limited::next);
        Iterator<Integer> none = listing.after(10).iterator();
        assertThat(none.hasNext()).isFalse();
        assertThatExceptionOfType(NoSuchElementException.class).isThrownBy(none::next);
        assertThatExceptionOfType(NoSuchElementException.class)
                .isThrownBy(() -> listing.limit(0).iterator().next());
    }

    @Test
    void passesTheSourcesFailureOn() {
        RegistryException failure = RegistryException.of(ErrorCode.UNAVAILABLE, "The storage is gone");
        Listing<Integer, Integer> broken = Listing.of((after, wanted) -> {
            throw failure;
        });
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(broken::toList)
                .isSameAs(failure);
        assertThatNullPointerException().isThrownBy(() -> Listing.of(null));
    }

    @Test
    void aLimitBehindAFilterCountsWhatPasses() {
        assertThat(listing.filter(n -> n % 2 == 0).limit(3).toList()).containsExactly(2, 4, 6);
        assertThat(numbers.read).isEqualTo(6);
        assertThat(numbers.opened).as("nobody knows how many are needed").containsExactly("after nothing, all");
    }

    @Test
    void aLimitBeforeAFilterCountsWhatIsFiltered() {
        assertThat(listing.limit(3).filter(n -> n % 2 == 0).toList()).containsExactly(2);
        assertThat(numbers.opened).containsExactly("after nothing, 3");
        assertThat(listing.limit(5).filter(n -> n > 1).limit(2).toList()).containsExactly(2, 3);
    }

    @Test
    void aLimitBehindAMappingReachesTheSource() {
        assertThat(listing.map(n -> "n" + n).limit(2).toList()).containsExactly("n1", "n2");
        assertThat(listing.limit(2).map(n -> "n" + n).toList()).containsExactly("n1", "n2");
        assertThat(listing.limit(3).map(n -> n * n).limit(2).toList()).containsExactly(1, 4);
        assertThat(numbers.opened).containsOnly("after nothing, 2");
    }

    @Test
    void aPositionIsOneOfTheSourceWhereverItIsNamed() {
        List<String> expected = List.of("n8", "n10");
        assertThat(listing.after(7).filter(n -> n % 2 == 0).map(n -> "n" + n).toList())
                .isEqualTo(expected);
        assertThat(listing.filter(n -> n % 2 == 0).after(7).map(n -> "n" + n).toList())
                .isEqualTo(expected);
        assertThat(listing.filter(n -> n % 2 == 0).map(n -> "n" + n).after(7).toList())
                .isEqualTo(expected);
        assertThat(listing.filter(n -> n % 2 == 0).limit(1).after(7).toList()).containsExactly(8);
        assertThat(listing.after(2).map(n -> n).after(9).toList()).containsExactly(10);
        assertThat(numbers.opened).containsOnly("after 7, all", "after 9, all");
    }

    @Test
    void filterAndMapAreCalledOnlyForWhatIsRead() {
        List<Integer> seen = new ArrayList<>();
        Listing<Integer, Integer> squares = listing.filter(n -> n > 2).map(n -> {
            seen.add(n);
            return n * n;
        });
        assertThat(numbers.opened).isEmpty();
        Iterator<Integer> iterator = squares.iterator();
        assertThat(iterator.next()).isEqualTo(9);
        assertThat(seen).containsExactly(3);
        assertThat(squares.stream().skip(7).toList()).containsExactly(100);
    }

    @Test
    void aLimitOfZeroOpensNothingBehindFilterAndMap() {
        assertThat(listing.limit(0).filter(n -> true)).isEmpty();
        assertThat(listing.filter(n -> true).limit(0)).isEmpty();
        assertThat(listing.map(n -> n).limit(0)).isEmpty();
        assertThat(listing.limit(0).map(n -> n)).isEmpty();
        assertThat(numbers.opened).isEmpty();
    }

    @Test
    void filterAndMapTakeNoNull() {
        assertThatNullPointerException().isThrownBy(() -> listing.filter(null));
        assertThatNullPointerException().isThrownBy(() -> listing.map(null));
        assertThatNullPointerException().isThrownBy(() -> listing.map(n -> null).toList());
    }
}
