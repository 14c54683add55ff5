package dev.berth.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.berth.registry.contract.Cases;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.junit.jupiter.api.Test;

class DigestTest {
    private static final String EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final String ABC_SHA512 =
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f";
    private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);

    @Test
    void isParsedAndPrintedAlike() {
        Digest digest = Digest.parse("sha256:" + EMPTY_SHA256);
        assertThat(digest.algorithm()).isEqualTo(DigestAlgorithm.SHA256);
        assertThat(digest.hex()).isEqualTo(EMPTY_SHA256);
        assertThat(digest).hasToString("sha256:" + EMPTY_SHA256);
        assertThat(Digest.parse("sha512:" + ABC_SHA512)).hasToString("sha512:" + ABC_SHA512);
    }

    @Test
    void isComputed() {
        assertThat(Digest.sha256(new byte[0])).isEqualTo(Digest.parse("sha256:" + EMPTY_SHA256));
        assertThat(Digest.compute(DigestAlgorithm.SHA512, ABC)).isEqualTo(Digest.parse("sha512:" + ABC_SHA512));
    }

    @Test
    void finishesAComputationAndResetsIt() {
        MessageDigest running = DigestAlgorithm.SHA512.newMessageDigest();
        running.update(ABC, 0, 1);
        running.update(ABC, 1, 2);
        assertThat(Digest.finish(DigestAlgorithm.SHA512, running).hex()).isEqualTo(ABC_SHA512);
        running.update(ABC);
        assertThat(Digest.finish(DigestAlgorithm.SHA512, running).hex()).isEqualTo(ABC_SHA512);
    }

    @Test
    void computationsOfAllAlgorithmsCanBeCloned() throws CloneNotSupportedException {
        for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
            MessageDigest running = algorithm.newMessageDigest();
            running.update(ABC, 0, 2);
            MessageDigest clone = (MessageDigest) running.clone();
            running.update(ABC, 2, 1);
            clone.update(ABC, 2, 1);
            assertThat(Digest.finish(algorithm, clone)).isEqualTo(Digest.compute(algorithm, ABC));
            assertThat(Digest.finish(algorithm, running)).isEqualTo(Digest.compute(algorithm, ABC));
        }
    }

    @Test
    void refusesWhatIsNoDigest() {
        Cases.of(
                        "",
                        ":",
                        "sha256",
                        "sha256:",
                        EMPTY_SHA256,
                        "sha256:abc",
                        "sha256:" + EMPTY_SHA256 + "0",
                        "sha256:E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855",
                        "sha256:g3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                        "sha256:../../../../../../../../../../../../../../../../../../../../../etc",
                        "sha256:" + EMPTY_SHA256 + "\n",
                        " sha256:" + EMPTY_SHA256,
                        "SHA256:" + EMPTY_SHA256,
                        "sha256:sha256:" + EMPTY_SHA256,
                        "sha512:" + EMPTY_SHA256,
                        "md5:d41d8cd98f00b204e9800998ecf8427e",
                        "\u0000:\u0000")
                .check(text -> {
                    assertThatIllegalArgumentException()
                            .isThrownBy(() -> Digest.parse(text))
                            .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n", "\u0000"));
                });
    }

    @Test
    void saysWhatIsWrong() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Digest.parse("md5:abc"))
                .withMessageContaining("md5:abc")
                .withMessageContaining("sha256, sha512");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Digest.parse("sha256:abc"))
                .withMessageContaining("sha256:abc")
                .withMessageContaining("64");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Digest.parse("x".repeat(1_000_000)))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400));
        assertThatNullPointerException().isThrownBy(() -> Digest.parse(null));
    }

    @Test
    void isOrderedAsItIsPrinted() {
        Digest low = Digest.parse("sha256:" + "0".repeat(64));
        Digest high = Digest.parse("sha256:" + "f".repeat(64));
        Digest other = Digest.parse("sha512:" + "0".repeat(128));
        assertThat(List.of(other, high, low).stream().sorted()).containsExactly(low, high, other);
        assertThat(low).isEqualByComparingTo(Digest.parse(low.toString()));
    }

    @Test
    void algorithmsAreFoundByTheirIdentifier() {
        assertThat(DigestAlgorithm.find("sha256")).contains(DigestAlgorithm.SHA256);
        assertThat(DigestAlgorithm.find("sha512")).contains(DigestAlgorithm.SHA512);
        assertThat(DigestAlgorithm.find("SHA256")).isEmpty();
        assertThat(DigestAlgorithm.find("blake3")).isEmpty();
        assertThat(DigestAlgorithm.SHA256).hasToString("sha256");
    }

    @Test
    void isMadeOfAlgorithmAndHash() {
        assertThat(Digest.of(DigestAlgorithm.SHA256, EMPTY_SHA256)).isEqualTo(Digest.parse("sha256:" + EMPTY_SHA256));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Digest.of(DigestAlgorithm.SHA512, EMPTY_SHA256))
                .withMessageContaining("128");
        assertThatNullPointerException().isThrownBy(() -> Digest.of(null, EMPTY_SHA256));
        assertThatNullPointerException().isThrownBy(() -> Digest.compute(DigestAlgorithm.SHA256, null));
    }
}
