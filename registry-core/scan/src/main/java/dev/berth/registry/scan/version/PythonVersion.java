package dev.berth.registry.scan.version;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A version of PEP 440: {@code 1!2.3a4.post5.dev6+local.7}.
 *
 * @param preRelease {@code a}, {@code b} or {@code rc} and its number; null if there is none. Likewise the two after it
 * @param local the segments behind the plus
 */
record PythonVersion(
        String epoch,
        List<String> release,
        @Nullable String phase,
        @Nullable String preRelease,
        @Nullable String post,
        @Nullable String dev,
        List<String> local)
        implements Comparable<PythonVersion> {
    private static final Pattern FORM = Pattern.compile("v?"
            + "(?:(?<epoch>[0-9]++)!)?"
            + "(?<release>[0-9]++(?:\\.[0-9]++)*+)"
            + "(?:[-_.]?(?<phase>alpha|a|beta|b|preview|pre|c|rc)[-_.]?(?<pre>[0-9]++)?)?"
            + "(?<post>-(?<implicit>[0-9]++)|[-_.]?(?:post|rev|r)[-_.]?(?<number>[0-9]++)?)?"
            + "(?<dev>[-_.]?dev[-_.]?(?<devnumber>[0-9]++)?)?"
            + "(?:\\+(?<local>[a-z0-9]++(?:[-_.][a-z0-9]++)*+))?+");

    /** Returns nothing if it is not a version of PEP 440. */
    static Optional<PythonVersion> parse(String version) {
        Matcher matcher = FORM.matcher(version.strip().toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String phase = matcher.group("phase");
        String local = matcher.group("local");
        return Optional.of(new PythonVersion(
                orZero(matcher.group("epoch")),
                List.of(matcher.group("release").split("\\.", -1)),
                phase == null ? null : normalPhase(phase),
                phase == null ? null : orZero(matcher.group("pre")),
                matcher.group("post") == null
                        ? null
                        : orZero(matcher.group("implicit")) + orZero(matcher.group("number")),
                matcher.group("dev") == null ? null : orZero(matcher.group("devnumber")),
                local == null ? List.of() : List.of(local.split("[-_.]", -1))));
    }

    private static String orZero(@Nullable String number) {
        return number == null ? "" : number;
    }

    private static String normalPhase(String phase) {
        return switch (phase) {
            case "alpha", "a" -> "a";
            case "beta", "b" -> "b";
            default -> "rc";
        };
    }

    @Override
    public int compareTo(PythonVersion other) {
        int order = Digits.compare(epoch, other.epoch);
        order = order != 0 ? order : compareReleases(release, other.release);
        order = order != 0 ? order : Integer.compare(stage(), other.stage());
        order = order != 0 ? order : comparePreReleases(other);
        // No post-release is lower than any, no development release higher than any.
        order = order != 0 ? order : compareOptional(post, other.post, -1);
        order = order != 0 ? order : compareOptional(dev, other.dev, 1);
        return order != 0 ? order : compareLocal(local, other.local);
    }

    /** Development releases of a release are lower than its pre-releases, which are lower than itself. */
    private int stage() {
        if (phase != null) {
            return 1;
        }
        return post == null && dev != null ? 0 : 2;
    }

    private int comparePreReleases(PythonVersion other) {
        if (phase == null || other.phase == null) {
            return 0;
        }
        int phases = phase.compareTo(other.phase);
        return phases != 0 ? phases : compareOptional(preRelease, other.preRelease, 0);
    }

    private static int compareReleases(List<String> first, List<String> second) {
        for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
            int order = Digits.compare(i < first.size() ? first.get(i) : "", i < second.size() ? second.get(i) : "");
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int compareOptional(@Nullable String first, @Nullable String second, int none) {
        if (first == null || second == null) {
            boolean sameKind = (first == null) == (second == null);
            return sameKind ? 0 : first == null ? none : -none;
        }
        return Digits.compare(first, second);
    }

    private static int compareLocal(List<String> first, List<String> second) {
        for (int i = 0; i < Math.min(first.size(), second.size()); i++) {
            String left = first.get(i);
            String right = second.get(i);
            boolean leftIsNumber = Digits.isNumber(left);
            boolean rightIsNumber = Digits.isNumber(right);
            int order = leftIsNumber != rightIsNumber
                    ? Boolean.compare(leftIsNumber, rightIsNumber)
                    : leftIsNumber ? Digits.compare(left, right) : left.compareTo(right);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(first.size(), second.size());
    }
}
