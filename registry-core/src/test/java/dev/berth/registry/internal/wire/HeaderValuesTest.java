package dev.berth.registry.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.ByteRange;
import dev.berth.registry.Digest;
import dev.berth.registry.RegistryException;
import dev.berth.registry.contract.Cases;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values of headers, read and written. */
class HeaderValuesTest {

    @Test
    void rangesAreReadAsTheyAreWritten() {
        for (ByteRange range :
                List.of(ByteRange.from(5), ByteRange.between(0, 0), ByteRange.between(3, 99), ByteRange.suffix(7))) {
            assertThat(RangeHeader.parse(RangeHeader.format(range))).containsExactly(range);
        }
    }

    @Test
    void severalRangesAreReadInTheirOrder() {
        assertThat(RangeHeader.parse("bytes= 5-9 ,, 0-1\t,-3 , 7- ,"))
                .containsExactly(
                        ByteRange.between(5, 9), ByteRange.between(0, 1), ByteRange.suffix(3), ByteRange.from(7));
        assertThat(RangeHeader.parse("bytes=" + "0-1,".repeat(RangeHeader.MOST_RANGES)))
                .hasSize(RangeHeader.MOST_RANGES);
    }

    @Test
    void rangesAreIgnoredWhenOneOfThemIsNone() {
        Cases.of(
                        "bytes=0-1,x",
                        "bytes=0-1,5-4",
                        "bytes=0-1,-",
                        "bytes=0-1;2-3",
                        "bytes=0-1 2-3",
                        "bytes=0-1,bytes=2-3",
                        "bytes=,",
                        "items=0-1,2-3",
                        "bytes=" + "0-1,".repeat(RangeHeader.MOST_RANGES + 1))
                .check(value -> {
                    assertThat(RangeHeader.parse(value)).isEmpty();
                });
    }

    @Test
    void contentRangesAreReadAsTheyAreWritten() {
        ByteRange.Slice slice = new ByteRange.Slice(5, 10);

        assertThat(RangeHeader.parseContentRange(RangeHeader.formatContentRange(slice, 100)))
                .hasValue(new RangeHeader.Part(slice, OptionalLong.of(100)));
        assertThat(RangeHeader.parseContentRange("bytes 5-14/*"))
                .hasValue(new RangeHeader.Part(slice, OptionalLong.empty()));
    }

    @Test
    void contentRangesAreRefusedWhenTheyAreNone() {
        Cases.of(
                        "",
                        "bytes",
                        "bytes ",
                        "bytes 1",
                        "bytes 1-",
                        "bytes 1-2",
                        "bytes -2/5",
                        "bytes 2-1/5",
                        "bytes 1-5/5",
                        "lines 1-2/5",
                        "bytes */5",
                        "bytes 1-2/x",
                        "bytes 0-9223372036854775807/*",
                        "bytes 1/2-3")
                .check(value -> {
                    assertThat(RangeHeader.parseContentRange(value)).isEmpty();
                });
    }

    @Test
    void uploadRangesAreReadAsTheyAreWritten() {
        assertThat(UploadRange.parse(new UploadRange(5, 14).toString())).isEqualTo(new UploadRange(5, 14));
        assertThat(new UploadRange(5, 14).length()).isEqualTo(10);
        for (long offset : new long[] {0, 2, 1000, Long.MAX_VALUE - 1}) {
            assertThat(UploadRange.parseReceived(UploadRange.formatReceived(offset)))
                    .hasValue(offset);
        }
        // The one that cannot be told: 0-0 is what everyone writes for nothing, too.
        assertThat(UploadRange.parseReceived(UploadRange.formatReceived(1))).hasValue(0);
        assertThat(UploadRange.parseReceived("bytes=0-99")).hasValue(100);
    }

    @Test
    void uploadRangesAreRefusedWhenTheyAreNone() {
        Cases.of("", "0", "1-5", "0--1", "0-x", "0-9223372036854775807").check(value -> {
            assertThat(UploadRange.parseReceived(value)).isEmpty();
        });
    }

    @Test
    void chunksAreRefusedWhoseRangeIsNone() {
        Cases.of("", "5", "5-", "-5", "5-4", "a-b", "0-9223372036854775807", "bytes", "bytes */5")
                .check(value -> {
                    assertThatThrownBy(() -> UploadRange.parse(value)).isInstanceOf(RegistryException.class);
                });
    }

    @Test
    void linksAreReadAsTheyAreWritten() {
        String target = "/v2/_catalog?n=5&last=a%2Cb";

        assertThat(LinkHeader.parseNext(LinkHeader.formatNext(target))).hasValue(target);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            quoteCharacter = '\'',
            value = {
                "'<x>; rel=next'                                        | x",
                "'<x>;rel=\"next\"'                                     | x",
                "'<x>; title=\"a, b; rel=prev\"; REL=\"prev NEXT\"'     | x",
                "'<a>; rel=\"prev\", <b?c=d,e>; rel=\"next\"'           | b?c=d,e",
                "'<https://registry.example/v2/x>; rel=\"next\"'        | https://registry.example/v2/x",
                "'<x>; rel=\"nextish\"'                                 | -",
                "'<x>'                                                  | -",
                "'<x; rel=next'                                         | -",
                "'x; rel=next'                                          | -",
                "''                                                     | -",
            })
    void linksOfOthersAreRead(String value, String target) {
        assertThat(LinkHeader.parseNext(value).orElse(null)).isEqualTo(target);
    }

    @Test
    void entityTagsAreDigests() {
        Digest digest = Digest.sha256(new byte[0]);

        assertThat(EntityTag.matches(List.of(EntityTag.format(digest)), digest)).isTrue();
        assertThat(EntityTag.matches(List.of("\"x\"", "W/" + EntityTag.format(digest)), digest))
                .isTrue();
        assertThat(EntityTag.matches(List.of("\"x\", \"", "W/", "\""), digest)).isFalse();
        assertThat(EntityTag.matches(List.of(), digest)).isFalse();
    }

    @Test
    void mediaTypesHaveNoParameters() {
        assertThat(MediaTypeHeader.withoutParameters("a/b ; charset=utf-8")).isEqualTo("a/b");
        assertThat(MediaTypeHeader.withoutParameters("; charset=utf-8")).isEmpty();
        assertThat(MediaTypeHeader.isMediaType("application/vnd.oci.image.manifest.v1+json"))
                .isTrue();
        for (String none : new String[] {"", "/", "a", "a/", "/b", "a/b/c", "a b/c", "a/b c", "a/b;c", "ä/b", "a/\n"}) {
            assertThat(MediaTypeHeader.isMediaType(none)).as(none).isFalse();
        }
    }
}
