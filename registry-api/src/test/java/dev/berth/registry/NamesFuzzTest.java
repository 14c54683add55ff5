package dev.berth.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.Utf8Order;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Any text is a name, or is refused with an exception that can be shown; and what a name prints is that name again. */
class NamesFuzzTest {
    // As the specification of distribution and Docker's own have them, and not as the classes do.
    private static final Pattern REPOSITORY =
            Pattern.compile("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");
    private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");
    private static final Pattern DIGEST = Pattern.compile("sha256:[a-f0-9]{64}|sha512:[a-f0-9]{128}");
    private static final int LONGEST_FOR_PATTERN = 64;
    private static final int LONGEST_MESSAGE = 2000;

    @FuzzTest
    void names(byte[] input) {
        String text = text(input);

        Optional<RepositoryName> repository = parse(text, RepositoryName::parse);
        Optional<Tag> tag = parse(text, Tag::parse);
        Optional<Digest> digest = parse(text, Digest::parse);
        parse(text, ManifestSelector::parse);
        parse(text, Platform::parse);
        parse(text, UploadId::of);
        parse(text, Reference::parse).ifPresent(NamesFuzzTest::requireComplete);
        keys(text);

        assertThat(tag.isPresent()).isEqualTo(TAG.matcher(text).matches());
        assertThat(digest.isPresent()).isEqualTo(DIGEST.matcher(text).matches());
        if (text.length() <= LONGEST_FOR_PATTERN) {
            assertThat(repository.isPresent())
                    .isEqualTo(REPOSITORY.matcher(text).matches());
        }
    }

    /** Bytes that are not UTF-8 become halves of surrogate pairs, which no name may have. */
    private static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8).replace('\uFFFD', '\uD800');
    }

    private static <T> Optional<T> parse(String text, Function<String, T> parser) {
        T name;
        try {
            name = parser.apply(text);
        } catch (IllegalArgumentException e) {
            requireShowable(e);
            return Optional.empty();
        }
        assertThat(parser.apply(name.toString())).isEqualTo(name);
        return Optional.of(name);
    }

    private static void requireShowable(IllegalArgumentException e) {
        assertThat(e.getMessage())
                .hasSizeLessThan(LONGEST_MESSAGE)
                .matches(text -> text.codePoints().noneMatch(NamesFuzzTest::isUnprintable), "is printable");
    }

    private static boolean isUnprintable(int c) {
        return Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE;
    }

    private static void requireComplete(Reference reference) {
        assertThat(reference.registry()).isNotEmpty();
        assertThat(reference.tag().isPresent() || reference.digest().isPresent())
                .isTrue();
        Reference.of(reference.registry(), reference.repository(), reference.selector());
    }

    /** Both halves of the input are keys for the order. */
    private static void keys(String text) {
        parse(text, KeyPrefix::of);
        parse(text, ObjectKey::of)
                .ifPresent(key -> assertThat(key.byteLength()).isLessThanOrEqualTo(ObjectKey.MAX_BYTES));
        Optional<ObjectKey> low = parse(text.substring(0, text.length() / 2), ObjectKey::of);
        Optional<ObjectKey> high = parse(text.substring(text.length() / 2), ObjectKey::of);
        if (low.isPresent() && high.isPresent()) {
            int order = Arrays.compareUnsigned(utf8(low.get()), utf8(high.get()));
            assertThat(Integer.signum(
                            Utf8Order.compare(low.get().value(), high.get().value())))
                    .isEqualTo(Integer.signum(order));
        }
    }

    private static byte[] utf8(ObjectKey key) {
        return key.value().getBytes(StandardCharsets.UTF_8);
    }
}
