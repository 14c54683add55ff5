package dev.berth.registry.scan.version;

import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Orders in which text that is no version is lower than every version. Such text has the order of its characters. */
final class Validity {

    private Validity() {}

    static Comparator<String> lowest(Predicate<String> isVersion, Comparator<String> order) {
        return (first, second) -> {
            boolean firstIs = isVersion.test(first);
            boolean secondIs = isVersion.test(second);
            if (firstIs && secondIs) {
                return order.compare(first, second);
            }
            return firstIs == secondIs ? first.compareTo(second) : Boolean.compare(firstIs, secondIs);
        };
    }

    /** Returns the order of what the versions are parsed to. */
    static <T> Comparator<String> parsed(Function<String, Optional<T>> parser, Comparator<T> order) {
        return (first, second) -> {
            Optional<T> left = parser.apply(first);
            Optional<T> right = parser.apply(second);
            if (left.isPresent() && right.isPresent()) {
                return order.compare(left.get(), right.get());
            }
            return left.isPresent() == right.isPresent()
                    ? first.compareTo(second)
                    : Boolean.compare(left.isPresent(), right.isPresent());
        };
    }
}
