package dev.berth.registry.scan.internal.index;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a package is found by: a hash of its ecosystem, without release, and its name, as its ecosystem compares names. Nobody
 * can make two packages with the same.
 */
record PackageKey(long high, long low) implements Comparable<PackageKey> {
    private static final Pattern PYTHON_SEPARATORS = Pattern.compile("[-_.]++");

    static PackageKey of(String ecosystem, String name) {
        String base = base(ecosystem);
        String text = base + '\0' + normalized(base, name);
        ByteBuffer hash = ByteBuffer.wrap(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
        return new PackageKey(hash.getLong(), hash.getLong());
    }

    static String base(String ecosystem) {
        int release = ecosystem.indexOf(':');
        return release < 0 ? ecosystem : ecosystem.substring(0, release);
    }

    /** Names of npm, Maven, Go and distributions are told apart by case; those of PyPI and crates.io are not. */
    private static String normalized(String base, String name) {
        return switch (base) {
            case "PyPI" ->
                PYTHON_SEPARATORS.matcher(name.strip()).replaceAll("-").toLowerCase(Locale.ROOT);
            case "crates.io" -> name.strip().toLowerCase(Locale.ROOT).replace('_', '-');
            default -> name.strip();
        };
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Returns its first bits. */
    int bits(int count) {
        return (int) (high >>> (Long.SIZE - count));
    }

    /** As unsigned numbers, so that the first bits order them. */
    @Override
    public int compareTo(PackageKey other) {
        int first = Long.compareUnsigned(high, other.high);
        return first != 0 ? first : Long.compareUnsigned(low, other.low);
    }
}
