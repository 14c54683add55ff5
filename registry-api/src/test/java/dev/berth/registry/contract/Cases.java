package dev.berth.registry.contract;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.opentest4j.TestAbortedException;

/**
 * Checks one rule for several values within one test. All values are checked; the failure names those for which the rule
 * does not hold, and carries the first cause as its own and the others as suppressed ones.
 *
 * <pre>{@code
 * Cases.ints(0, 1, 65_536).check(size -> assertThat(roundTrip(size)).hasSize(size));
 * }</pre>
 */
public final class Cases<T> {
    private final Collection<T> values;

    private Cases(Collection<T> values) {
        this.values = values;
    }

    /** What must hold for each value. */
    @FunctionalInterface
    public interface Rule<T> {
        void check(T value) throws Throwable;
    }

    /** What must hold for each number. */
    @FunctionalInterface
    public interface IntRule {
        void check(int value) throws Throwable;
    }

    /** Numbers, which rules get unboxed. */
    public static final class Ints {
        private final int[] values;

        private Ints(int[] values) {
            this.values = values;
        }

        /** Checks a rule for each number. */
        public void check(IntRule rule) {
            Cases.of(Arrays.stream(values).boxed().toList()).check(rule::check);
        }
    }

    public static Ints ints(int... values) {
        return new Ints(values);
    }

    @SafeVarargs
    public static <T> Cases<T> of(T... values) {
        return new Cases<>(List.of(values));
    }

    public static <T> Cases<T> of(Collection<T> values) {
        return new Cases<>(values);
    }

    /** Checks a rule for each value. An assumption that does not hold ends the whole test as skipped. */
    public void check(Rule<? super T> rule) {
        if (values.isEmpty()) {
            throw new IllegalStateException("There is no value to check the rule for");
        }
        List<String> broken = new ArrayList<>();
        List<Throwable> causes = new ArrayList<>();
        for (T value : values) {
            try {
                rule.check(value);
            } catch (TestAbortedException | VirtualMachineError e) {
                throw e;
            } catch (Throwable e) {
                broken.add("for " + text(value) + ": " + e);
                causes.add(e);
            }
        }
        if (!causes.isEmpty()) {
            AssertionError failure = new AssertionError(
                    "The rule does not hold for " + causes.size() + " of " + values.size() + " values:\n"
                            + String.join("\n", broken),
                    causes.get(0));
            causes.stream().skip(1).forEach(failure::addSuppressed);
            throw failure;
        }
    }

    /** Returns a value as it can be read in a report, whatever characters it has. */
    private static String text(Object value) {
        if (!(value instanceof CharSequence)) {
            return String.valueOf(value);
        }
        StringBuilder text = new StringBuilder("\"");
        value.toString().chars().forEach(c -> {
            if (c < ' ' || c > '~') {
                text.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                text.append((char) c);
            }
        });
        return text.append('"').toString();
    }
}
