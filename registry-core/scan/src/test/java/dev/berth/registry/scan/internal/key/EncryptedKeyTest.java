package dev.berth.registry.scan.internal.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that cosign encrypts, and the cryptography for them that the JDK lacks. */
class EncryptedKeyTest {
    /** RFC 7914, section 12. */
    @ParameterizedTest
    @CsvSource({
        "'','',16,1,1,77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
                + "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906",
        "password,NaCl,1024,8,16,fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640",
        "pleaseletmein,SodiumChloride,16384,8,1,7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2"
                + "d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887"
    })
    void scryptDerivesWhatItsSpecificationSays(String password, String salt, long n, long r, long p, String expected) {
        byte[] key = Scrypt.derive(
                password.getBytes(StandardCharsets.UTF_8), salt.getBytes(StandardCharsets.UTF_8), n, r, p, 64);

        assertThat(HexFormat.of().formatHex(key)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0,8,1",
        "1,8,1",
        "3,8,1",
        "65536,0,1",
        "65536,8,0",
        "1073741824,8,1",
        "65536,1024,1",
        "65536,8,1000",
        "2,-1,1"
    })
    void parametersThatCostTooMuchAreRefused(long n, long r, long p) {
        assertThatIllegalArgumentException().isThrownBy(() -> Scrypt.derive(new byte[1], new byte[1], n, r, p, 32));
    }

    /** RFC 8439, section 2.5.2. */
    @Test
    void poly1305AuthenticatesAsItsSpecificationSays() {
        byte[] key = HexFormat.of().parseHex("85d6be7857556d337f4452fe42d506a80103808afb0db2fd4abff6af4149f51b");

        byte[] tag = Poly1305.tag(key, "Cryptographic Forum Research Group".getBytes(StandardCharsets.US_ASCII));

        assertThat(HexFormat.of().formatHex(tag)).isEqualTo("a8061dc1305136c6c22b8baf0c0127a9");
    }

    /** The example of the paper "Cryptography in NaCl", section 10, as its box begins. */
    @Test
    void boxesAreThoseOfNacl() {
        byte[] key = HexFormat.of().parseHex("1b27556473e985d462cd51197a9a46c76009549eac6474f206c4ee0844f68389");
        byte[] nonce = HexFormat.of().parseHex("69696ee955b62b73cd62bda875fc73d68219e0036b7a0b37");
        byte[] stream = Salsa20.xor(key, nonce, new byte[32]);

        assertThat(HexFormat.of().formatHex(stream))
                .isEqualTo("eea6a7251c1e72916d11c2cb214d3c252539121d8e234e652d651fa4c8cff880");
    }

    @Test
    void aBoxOpensWithItsKeyOnly() {
        byte[] key = new byte[32];
        byte[] nonce = new byte[24];
        byte[] content = new byte[200];
        Arrays.fill(content, (byte) 7);
        byte[] box = SealedKey.seal(key, nonce, content);

        assertThat(SecretBox.open(key, nonce, box))
                .hasValueSatisfying(open -> assertThat(open).isEqualTo(content));
        for (int i = 0; i < box.length; i++) {
            byte[] changed = box.clone();
            changed[i] ^= 1;
            assertThat(SecretBox.open(key, nonce, changed)).isEmpty();
        }
        assertThat(SecretBox.open(key, nonce, new byte[15])).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "correct horse", "pässwörd €"})
    void keysAreDecryptedWithTheirPassword(String password) throws GeneralSecurityException {
        PrivateKey key = KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate();
        String pem = SealedKey.pem(key, password, 1024, 8, 1);

        assertThat(PrivateKeys.read("The key", pem, password.toCharArray()).getEncoded())
                .isEqualTo(key.getEncoded());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrivateKeys.read("The key", pem, "wrong".toCharArray()))
                .withMessageContaining("password")
                .withMessageNotContaining("wrong");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"kdf\":{\"name\":\"argon2\",\"params\":{}},\"cipher\":{\"name\":\"nacl/secretbox\"}}",
                "{\"kdf\":{\"name\":\"scrypt\",\"params\":{\"N\":1152921504606846976,\"r\":8,\"p\":1},\"salt\":\"AA==\"},"
                        + "\"cipher\":{\"name\":\"nacl/secretbox\",\"nonce\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"},"
                        + "\"ciphertext\":\"AAAA\"}",
                "{\"kdf\":{\"name\":\"scrypt\",\"params\":{\"N\":2,\"r\":8,\"p\":1},\"salt\":\"AA==\"},"
                        + "\"cipher\":{\"name\":\"nacl/secretbox\",\"nonce\":\"AAAA\"},\"ciphertext\":\"AAAA\"}"
            })
    void otherDocumentsAreRefused(String json) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrivateKeys.read("The key", SealedKey.pem(json), new char[0]));
    }
}
