package dev.berth.examples.standalone.maintenance;

/** Numbers of things in sentences. */
final class Amounts {
    private Amounts() {}

    /** Returns {@code 1 tag}, {@code 2 tags}. */
    static String of(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}
