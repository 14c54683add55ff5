package dev.berth.registry.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.fixtures.Allocations;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/** Any content of the objects that hold the state of a store is read without harm, and what was read is written alike. */
class RecordsFuzzTest {

    @FuzzTest
    void records(byte[] input) throws Exception {
        String text = new String(input, StandardCharsets.UTF_8);
        Allocations.requireProportional(input.length, () -> {
            requireAlike(text, UploadRecord::parse, UploadRecord::bytes)
                    .ifPresent(record -> assertThat(record.hashed()).isNotNegative());
            requireAlike(text, RepairEntry::parse, RepairEntry::bytes);
            requireAlike(text, Mark::parse, Mark::bytes);
            requireAlike(text, RecordsFuzzTest::indexFormat, IndexFormat::bytes);
            names(text);
        });
    }

    private static <T> Optional<T> requireAlike(
            String text, Function<String, Optional<T>> parser, Function<T, byte[]> writer) {
        Optional<T> record = parser.apply(text);
        if (record.isPresent()) {
            String written = new String(writer.apply(record.get()), StandardCharsets.UTF_8);
            assertThat(parser.apply(written)).isEqualTo(record);
        }
        return record;
    }

    private static Optional<IndexFormat> indexFormat(String text) {
        try {
            return Optional.of(IndexFormat.parse(text));
        } catch (RegistryException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
            return Optional.empty();
        }
    }

    private static void names(String text) {
        if (text.indexOf('/') < 0) {
            SortableName.decode(text)
                    .ifPresent(name -> assertThat(SortableName.encode(name)).isEqualTo(text));
        }
        KeyReader.digestOfLeaf(text)
                .ifPresent(digest -> assertThat(Keys.leaf(digest)).isEqualTo(text));
        KeyReader.digestOfLink(text).ifPresent(digest -> assertThat(text).contains(digest.hex()));
        KeyReader.digestOfMark(text).ifPresent(digest -> assertThat(text).endsWith(digest.hex()));
        KeyReader.tag(KeyReader.lastSegment(text)).ifPresent(tag -> assertThat(text).endsWith(tag.value()));
    }
}
