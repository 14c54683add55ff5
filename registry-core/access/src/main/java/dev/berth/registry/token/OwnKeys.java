package dev.berth.registry.token;

import com.nimbusds.jose.JWSHeader;
import dev.berth.registry.internal.token.KeySource;
import dev.berth.registry.internal.token.TrustedKey;
import dev.berth.registry.internal.token.TrustedKeys;
import java.util.List;
import java.util.Set;

/** The public keys of the own token service, as they are now. */
final class OwnKeys implements KeySource {
    private final TokenOptions options;
    private volatile Read last = new Read(List.of(), TrustedKeys.of(List.of()));

    /** The public keys, which cost something to make, of some signing keys. */
    private record Read(List<SigningKey> keys, TrustedKeys trusted) {}

    OwnKeys(TokenOptions options) {
        this.options = options;
    }

    @Override
    public Set<TrustedKey> find(JWSHeader header) {
        List<SigningKey> keys = options.keys();
        Read known = last;
        if (!known.keys.equals(keys)) {
            known = new Read(
                    List.copyOf(keys),
                    TrustedKeys.of(keys.stream().map(SigningKey::publicKey).toList()));
            last = known;
        }
        return known.trusted.find(header);
    }
}
