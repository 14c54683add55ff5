package dev.berth.registry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.PutCondition;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every key that the grammar allows is a name like any other. */
abstract class KeyRules extends StoreRules {
    KeyRules(ObjectStoreContract contract) {
        super(contract);
    }

    static List<String> longKeys() {
        String longest = "x".repeat(ObjectKey.MAX_SEGMENT_BYTES);
        List<String> segments = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            segments.add(("s" + i).repeat(102));
        }
        return List.of(
                longest,
                "long/" + longest,
                longest + "/" + longest + "/" + longest + "/" + "y".repeat(254),
                String.join("/", segments),
                "long/" + "\u00e9".repeat(127) + "x",
                "long/" + "\uD83D\uDE00".repeat(63) + "xyz",
                "d/".repeat(511) + "xy");
    }

    @Test
    void takesTheLongestKeys() {
        Cases.of(longKeys().stream()
                        .filter(text -> key(text).byteLength() <= contract.longestKeyBytes())
                        .toList())
                .check(value -> {
                    ObjectKey key = key(value);
                    assertThat(key.byteLength()).isLessThanOrEqualTo(ObjectKey.MAX_BYTES);
                    assertWorks(key);
                });
    }

    @Test
    void takesOddKeys() {
        Cases.of(
                        "odd/a b",
                        "odd/ ",
                        "odd/a ",
                        "odd/%2e%2e",
                        "odd/%2F",
                        "odd/%",
                        "odd/a%00b",
                        "odd/~",
                        "odd/-rf",
                        "odd/a:b",
                        "odd/*?",
                        "odd/\"'`$(x)",
                        "odd/a;b&c|d",
                        "odd/<>",
                        "odd/a+b=c,d@e",
                        "odd/con",
                        "odd/nul.txt",
                        "odd/a.",
                        "odd/a..",
                        "odd/x.tmp",
                        "odd/lock",
                        "odd/\u00e9",
                        "odd/e\u0301",
                        "odd/\uFF0E\uFF0E",
                        "odd/\u200B",
                        "odd/\uFEFF",
                        "odd/\uFFFD",
                        "odd/\uD83D\uDE00",
                        "odd/\u202Eabc",
                        "odd/\u0130")
                .check(value -> {
                    put(key("odd/other"), new byte[] {9});
                    assertWorks(key(value));
                    assertHoldsOnly("odd/other");
                    assertThat(readExisting(key("odd/other"))).containsExactly(9);
                });
    }

    @Test
    void tellsUpperFromLowerCase() throws IOException {
        List<String> names = List.of("case/TAG", "case/Tag", "case/tAG", "case/tag", "Case/tag", "CASE/tag");
        for (int i = 0; i < names.size(); i++) {
            assertThat(store().put(key(names.get(i)), new byte[] {(byte) i}, PutCondition.ifAbsent()))
                    .isPresent();
        }
        for (int i = 0; i < names.size(); i++) {
            assertThat(readExisting(key(names.get(i)))).containsExactly(i);
        }
        assertThat(tree("case/")).containsExactly("case/TAG", "case/Tag", "case/tAG", "case/tag");
        store().delete(key("case/Tag"));
        assertThat(tree("")).containsExactly("CASE/tag", "Case/tag", "case/TAG", "case/tAG", "case/tag");
        assertThat(store().stat(key("case/Tag"))).isEmpty();
    }

    @Test
    void tellsCharactersApartThatLookTheSame() throws IOException {
        List<String> names =
                List.of("same/\u00e9", "same/e\u0301", "same/e", "same/\u212B", "same/\u00C5", "same/A\u030A");
        for (int i = 0; i < names.size(); i++) {
            assertThat(store().put(key(names.get(i)), new byte[] {(byte) i}, PutCondition.ifAbsent()))
                    .isPresent();
        }
        for (int i = 0; i < names.size(); i++) {
            assertThat(readExisting(key(names.get(i)))).containsExactly(i);
        }
        assertThat(tree("same/")).isEqualTo(KeyModel.sorted(names));
    }

    /** Does everything that a key is used for, and leaves nothing behind. */
    private void assertWorks(ObjectKey key) throws IOException {
        String value = key.value();
        assertThat(store().stat(key)).isEmpty();
        store().delete(key);
        assertThat(store().put(key, new byte[] {1}, PutCondition.ifAbsent())).isPresent();
        assertThat(readExisting(key)).containsExactly(1);
        var version = store().stat(key).orElseThrow().version();
        assertThat(store().put(key, new byte[] {2, 2}, PutCondition.ifUnchanged(version)))
                .isPresent();
        assertThat(tree("")).contains(value);
        int slash = value.indexOf('/');
        String top = slash < 0 ? value : value.substring(0, slash + 1);
        assertThat(listAll(ListRequest.level(KeyPrefix.ROOT))).contains(top);
        String parent = value.substring(0, value.lastIndexOf('/') + 1);
        assertThat(listAll(ListRequest.level(KeyPrefix.of(parent)))).contains(value);
        assertThat(listAll(ListRequest.tree(KeyPrefix.of(parent)).after(value))).doesNotContain(value);
        try (ObjectUpload upload = store().startUpload(key("staging/upload"))) {
            upload.append(0, new ByteArrayInputStream(new byte[] {3, 3, 3}));
            upload.commit(key, 3);
        }
        assertThat(readExisting(key)).containsExactly(3, 3, 3);
        store().mark(List.of(key));
        assertThat(readExisting(key)).containsExactly(3, 3, 3);
        assertThat(store().deleteIfUnchanged(
                                key, store().stat(key).orElseThrow().version()))
                .isTrue();
        store().delete(key);
        assertThat(store().stat(key)).isEmpty();
        assertThat(tree("")).doesNotContain(value);
    }
}
