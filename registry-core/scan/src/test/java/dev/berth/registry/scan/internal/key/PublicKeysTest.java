package dev.berth.registry.scan.internal.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Public keys are found from private ones, and read from PEM. */
class PublicKeysTest {
    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
    void thePublicKeyOfEcdsaIsFound(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        for (int i = 0; i < 20; i++) {
            KeyPair pair = generator.generateKeyPair();

            assertThat(PublicKeys.of(pair.getPrivate())).isEqualTo(pair.getPublic());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ed25519", "RSA"})
    void thePublicKeyOfOthersIsFound(String algorithm) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        for (int i = 0; i < (algorithm.equals("RSA") ? 1 : 20); i++) {
            KeyPair pair = generator.generateKeyPair();

            assertThat(PublicKeys.of(pair.getPrivate())).isEqualTo(pair.getPublic());
        }
    }

    @Test
    void otherKeysAreRefused() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("X25519").generateKeyPair();
        String pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()) + "\n-----END PUBLIC KEY-----\n";

        assertThatIllegalArgumentException().isThrownBy(() -> PublicKeys.of(pair.getPrivate()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PublicKeys.read("The key x", pem))
                .withMessageContaining("The key x");
        assertThatIllegalArgumentException().isThrownBy(() -> PublicKeys.read("The key x", ""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PublicKeys.read("The key x", pem.replace("PUBLIC", "PRIVATE")));
    }
}
