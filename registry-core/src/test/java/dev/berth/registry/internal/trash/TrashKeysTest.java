package dev.berth.registry.internal.trash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.storage.ObjectKey;
import org.junit.jupiter.api.Test;

/** The longest names make keys that every store takes. */
class TrashKeysTest {
    @Test
    void theLongestNamesFit() {
        RepositoryName repository = RepositoryName.parse("a".repeat(RepositoryName.MAX_LENGTH));
        Tag tag = Tag.parse("t".repeat(Tag.MAX_LENGTH));
        Digest digest = Digest.compute(DigestAlgorithm.SHA512, new byte[0]);
        for (ObjectKey key :
                new ObjectKey[] {TrashKeys.tag(repository, digest, tag), TrashKeys.referrer(repository, digest, digest)
                }) {
            assertThat(key.byteLength()).isLessThan(ObjectKey.MAX_BYTES);
        }
    }
}
