package dev.berth.registry.internal.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A JWK set has the keys that are for signatures, by all of their identifiers. */
class TrustedKeysTest {

    private static Set<TrustedKey> find(TrustedKeys keys, String id) {
        return keys.find(new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(id).build());
    }

    private static ECKey key(String id) throws Exception {
        return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    }

    @Test
    void severalKeysMayHaveTheSameIdentifier() throws Exception {
        ECKey one = key("same");
        ECKey other = key("same");
        TrustedKeys keys = TrustedKeys.parse(new JWKSet(List.of(one, other)).toString());

        assertThat(find(keys, "same"))
                .extracting(TrustedKey::key)
                .containsExactly(one.toPublicKey(), other.toPublicKey());
        assertThat(find(keys, one.computeThumbprint().toString())).hasSize(1);
        assertThat(find(keys, KeyIds.libtrust(other.toPublicKey()))).hasSize(1);
        assertThat(keys.find(new JWSHeader(JWSAlgorithm.ES256))).isEmpty();
    }

    @Test
    void theOnlyKeyNeedsNoIdentifier() throws Exception {
        TrustedKeys keys = TrustedKeys.of(List.of(key("only").toPublicJWK()));

        assertThat(keys.find(new JWSHeader(JWSAlgorithm.ES256))).hasSize(1);
        assertThat(find(keys, "other")).isEmpty();
    }

    @Test
    void keysForSomethingElseAreLeftOut() throws Exception {
        ECKey signing = key("signing");
        ECKey encrypting = new ECKeyGenerator(Curve.P_256)
                .keyID("encrypting")
                .keyUse(KeyUse.ENCRYPTION)
                .generate();
        ECKey forOther = new ECKeyGenerator(Curve.P_256)
                .keyID("for another algorithm")
                .algorithm(JWSAlgorithm.ES384)
                .generate();
        OctetSequenceKey secret =
                new OctetSequenceKeyGenerator(256).keyID("secret").generate();
        TrustedKeys keys =
                TrustedKeys.parse(new JWKSet(List.of(signing, encrypting, forOther, secret)).toString(false));

        assertThat(find(keys, "signing")).hasSize(1);
        for (String id : List.of("encrypting", "for another algorithm", "secret")) {
            assertThat(find(keys, id)).as(id).isEmpty();
        }
        assertThatThrownBy(() -> TrustedKeys.parse(new JWKSet(List.of(secret)).toString(false)))
                .hasMessageContaining("no public key for signatures");
        String unknown = "{\"keys\":[{\"kty\":\"new\"},{\"kty\":\"EC\",\"crv\":\"P-1\",\"x\":\"AA\",\"y\":\"AA\"},{},"
                + signing.toPublicJWK() + ",{\"kty\":\"RSA\",\"n\":1}]}";
        assertThat(find(TrustedKeys.parse(unknown), "signing")).hasSize(1);
        assertThatThrownBy(() -> TrustedKeys.parse("{")).hasMessageContaining("no JWK set");
    }
}
