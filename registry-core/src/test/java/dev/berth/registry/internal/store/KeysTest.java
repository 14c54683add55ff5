package dev.berth.registry.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.RandomNames;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectKey;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The grammar of keys: what every store relies on. */
class KeysTest {
    private static final List<Tag> TAGS = Stream.of(
                    "a", "A", "current", "link", "index", "sha256", "1.0", "1.0-a", "_x", "x".repeat(Tag.MAX_LENGTH))
            .map(Tag::parse)
            .toList();

    private static final List<Digest> DIGESTS = digests();

    private static List<Digest> digests() {
        List<Digest> digests = new ArrayList<>();
        for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
            for (int i = 0; i < 3; i++) {
                digests.add(Digest.compute(algorithm, new byte[] {(byte) i}));
            }
        }
        return digests;
    }

    /** Every key that has to do with this repository, and those that Docker's registry puts beside them. */
    private static Set<ObjectKey> keysOf(RepositoryName name) {
        Set<ObjectKey> keys = new LinkedHashSet<>();
        keys.add(Keys.catalogueEntry(name));
        for (Digest digest : DIGESTS) {
            keys.add(Keys.layerLink(name, digest));
            keys.add(Keys.revisionLink(name, digest));
            keys.add(Keys.revisionMediaType(name, digest));
            keys.add(Keys.holderEntry(digest, name));
            keys.add(Keys.manifestEntry(digest, name));
            keys.add(Keys.trashedManifest(name, digest));
            keys.add(Keys.brokenEntry(name, digest));
            keys.add(Keys.hold(digest, name, new UUID(1, 2).toString()));
            for (Digest other : DIGESTS) {
                keys.add(Keys.untypedReferrerEntry(name, digest, other));
                keys.add(Keys.referrerEntry(name, digest, other, Optional.empty()));
                keys.add(Keys.referrerEntry(name, digest, other, Optional.of("application/vnd.example+type")));
                keys.add(Keys.referenceEntry(digest, name, other));
            }
            for (Tag tag : TAGS) {
                keys.add(Keys.taggedEntry(name, digest, tag));
                keys.add(below(Keys.tagHistory(name, tag), digest.algorithm() + "/" + digest.hex() + "/link"));
            }
        }
        for (Tag tag : TAGS) {
            keys.add(Keys.tagLink(name, tag));
            keys.add(Keys.tagEntry(name, tag));
        }
        String repository = Keys.REPOSITORIES + name.value();
        for (String upload : List.of("data", "startedat", "hashstates/sha256/0")) {
            keys.add(ObjectKey.of(repository + "/_uploads/9ec5fb5c-8a7a-4b7a-b0e5-3c1a4dd3ba7b/" + upload));
        }
        return keys;
    }

    private static Set<ObjectKey> otherKeys() {
        Set<ObjectKey> keys = new LinkedHashSet<>();
        keys.add(Keys.INDEX_FORMAT);
        for (Digest digest : DIGESTS) {
            keys.add(Keys.data(digest));
            keys.add(Keys.mark(digest));
            DIGESTS.forEach(other -> keys.add(Keys.aliasEntry(digest, other)));
        }
        for (int i = 0; i < 3; i++) {
            String id = new UUID(i, i).toString();
            keys.add(Keys.repair(id));
            keys.add(Keys.candidate(i + "/" + id));
            keys.add(Keys.uploadRecord(id));
            // Those of the audit and of reports, as their packages make them.
            keys.add(below(Keys.AUDIT, "9950" + i + "000/8234567890123-1765432109876-12-0123456789abcdef"));
            keys.add(below(Keys.COLLECTIONS, List.of("last", "everything", "dry-run").get(i)));
            // The name of an upload is no object, but the store may keep objects below it.
            keys.add(below(KeyPrefix.of(Keys.uploadStaging(id) + "/"), "part"));
        }
        return keys;
    }

    private static ObjectKey below(KeyPrefix prefix, String rest) {
        return prefix.key(rest);
    }

    @Test
    void noKeyIsBelowAnother() {
        Set<String> all = new LinkedHashSet<>();
        otherKeys().forEach(key -> all.add(key.value()));
        for (RepositoryName name : RandomNames.of(new Random(3), 300)) {
            keysOf(name).forEach(key -> all.add(key.value()));
        }
        List<String> above = new ArrayList<>();
        for (String key : all) {
            for (int slash = key.indexOf('/'); slash >= 0; slash = key.indexOf('/', slash + 1)) {
                if (all.contains(key.substring(0, slash))) {
                    above.add(key.substring(0, slash));
                }
            }
        }
        assertThat(above).isEmpty();
        assertThat(all).hasSizeGreaterThan(10_000);
    }

    @Test
    void keysAreUnique() {
        Set<RepositoryName> names = new LinkedHashSet<>(RandomNames.of(new Random(4), 200));
        Set<ObjectKey> all = new LinkedHashSet<>(otherKeys());
        int expected = all.size();
        for (RepositoryName name : names) {
            Set<ObjectKey> keys = keysOf(name);
            expected += keys.size();
            all.addAll(keys);
        }
        int perRepository = 1 + 8 * DIGESTS.size() + 4 * DIGESTS.size() * DIGESTS.size();
        perRepository += 2 * DIGESTS.size() * TAGS.size() + 2 * TAGS.size() + 3;
        assertThat(keysOf(RepositoryName.parse("a"))).hasSize(perRepository);
        assertThat(all).hasSize(expected);
    }

    /** Making a key checks its length and that of its segments. */
    @Test
    void theLongestNamesMakeValidKeys() {
        int length = RepositoryName.MAX_LENGTH;
        for (String name : List.of("a".repeat(length), "a/".repeat(length / 2) + "a", "a-".repeat(length / 2) + "a")) {
            assertThat(name).hasSize(length);
            assertThat(keysOf(RepositoryName.parse(name)))
                    .allMatch(key -> key.byteLength() <= ObjectKey.MAX_BYTES)
                    .hasSizeGreaterThan(100);
        }
    }

    @Test
    void digestsCanBeReadBackFromKeys() {
        RepositoryName name = RepositoryName.parse("team/app");
        for (Digest digest : DIGESTS) {
            assertThat(KeyReader.digestOfLeaf(Keys.leaf(digest))).contains(digest);
            assertThat(KeyReader.digestOfData(Keys.data(digest).value())).contains(digest);
            assertThat(KeyReader.digestOfMark(Keys.mark(digest).value())).contains(digest);
            assertThat(KeyReader.below(
                            Keys.HOLDERS, Keys.holderEntry(digest, name).value()))
                    .contains(new KeyReader.Below(digest, List.of("team.app")));
            assertThat(KeyReader.digestOfLink(Keys.revisionLink(name, digest).value()))
                    .contains(digest);
            assertThat(KeyReader.digestOfLink(Keys.layerLink(name, digest).value()))
                    .contains(digest);
            assertThat(KeyReader.digestOfLink(
                            Keys.revisionMediaType(name, digest).value()))
                    .isEmpty();
        }
        for (String junk : List.of("", "link", "a/link", "sha256/zz/link", "md5/00/link", "sha256-", "-", "x-y")) {
            assertThat(KeyReader.digestOfLink(junk)).as(junk).isEmpty();
            assertThat(KeyReader.digestOfLeaf(junk)).as(junk).isEmpty();
            assertThat(KeyReader.digestOfData(junk)).as(junk).isEmpty();
            assertThat(KeyReader.below(Keys.HOLDERS, Keys.HOLDERS + junk))
                    .as(junk)
                    .isEmpty();
        }
    }
}
