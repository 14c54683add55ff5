package dev.berth.registry.internal.token;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64;
import dev.berth.registry.internal.cache.RecentlyUsed;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The keys of certificates, such as those of {@code rootcertbundle} of {@code registry:2}: a token names one by the
 * identifier of its key, or has a chain of certificates that leads to one in its header ({@code x5c}). Thread-safe.
 */
public final class CertificateKeys implements KeySource {
    private static final int REMEMBERED = 100;

    private final TrustedKeys keys;
    private final CertificateChains chains;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final RecentlyUsed<List<Base64>, CertificateChains.Verified> verified = new RecentlyUsed<>(REMEMBERED);

    /**
     * Trusts these certificates.
     *
     * @throws IllegalArgumentException if one has a key that cannot be used
     */
    public CertificateKeys(List<X509Certificate> certificates, InstantSource clock) {
        this.keys = TrustedKeys.ofCertificates(certificates);
        this.chains = new CertificateChains(certificates);
        this.clock = clock;
    }

    @Override
    public Set<TrustedKey> find(JWSHeader header) {
        List<Base64> chain = header.getX509CertChain();
        Set<TrustedKey> named = header.getKeyID() == null ? Set.of() : keys.find(header);
        if (chain == null || chain.isEmpty()) {
            return named;
        }
        // registry:2 looks at the chain first, registry:3 at the identifier.
        Set<TrustedKey> found = new LinkedHashSet<>(named);
        ofChain(chain).ifPresent(found::add);
        return found;
    }

    private Optional<TrustedKey> ofChain(List<Base64> chain) {
        Optional<CertificateChains.Verified> known = remembered(chain)
                .filter(path -> path.isGoodAt(clock.instant()))
                .or(() -> chains.verify(chain, clock.instant()));
        known.ifPresent(path -> remember(chain, path));
        return known.map(CertificateChains.Verified::key);
    }

    private Optional<CertificateChains.Verified> remembered(List<Base64> chain) {
        lock.lock();
        try {
            return Optional.ofNullable(verified.get(chain));
        } finally {
            lock.unlock();
        }
    }

    private void remember(List<Base64> chain, CertificateChains.Verified path) {
        lock.lock();
        try {
            verified.put(List.copyOf(chain), path);
        } finally {
            lock.unlock();
        }
    }
}
