package dev.berth.registry.contract;

import java.util.stream.LongStream;

/**
 * Runs a test that makes its input from a seed with several seeds, one after the other, and ends with the first that
 * fails. The failure names the seed; {@code -Dberth.test.seed=N} runs all such tests with seed {@code N} only.
 */
public final class Seeds {
    private static final String PROPERTY = "berth.test.seed";

    private Seeds() {}

    /** What is done with each seed. */
    @FunctionalInterface
    public interface Rule {
        void check(long seed) throws Throwable;
    }

    /** Checks a rule with the seeds from 1 to {@code count}, or with the one that the property names. */
    public static void check(int count, Rule rule) {
        Long only = Long.getLong(PROPERTY);
        LongStream seeds = only == null ? LongStream.rangeClosed(1, count) : LongStream.of(only);
        seeds.forEach(seed -> {
            try {
                rule.check(seed);
            } catch (VirtualMachineError e) {
                throw e;
            } catch (Throwable e) {
                throw new AssertionError("With -D" + PROPERTY + "=" + seed + ": " + e, e);
            }
        });
    }
}
