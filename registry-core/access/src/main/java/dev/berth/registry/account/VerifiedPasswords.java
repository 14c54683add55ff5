package dev.berth.registry.account;

import dev.berth.registry.internal.cache.RecentlyUsed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Passwords that were found to be right, for a while. They are kept as keyed hashes, under a random key of this object.
 * Thread-safe.
 */
final class VerifiedPasswords {
    /** Each costs a login by bcrypt, so that nobody fills this without as many accounts. */
    private static final int CAPACITY = 10_000;

    private static final String MAC = "HmacSHA256";

    private final InstantSource clock;
    private final Duration age;
    private final SecretKeySpec secret;
    private final ReentrantLock lock = new ReentrantLock();
    private final RecentlyUsed<Key, Entry> entries = new RecentlyUsed<>(CAPACITY);

    /** A name and a password. */
    record Key(ByteBuffer hash) {}

    private record Entry(PasswordHash hash, Instant until) {}

    /** @param age how long a password is remembered; zero remembers none */
    VerifiedPasswords(InstantSource clock, Duration age) {
        this.clock = clock;
        this.age = age;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.secret = new SecretKeySpec(random, MAC);
    }

    Key key(String name, String password) {
        byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(secret);
            // The length separates the name from the password.
            mac.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(nameBytes.length).flip());
            mac.update(nameBytes);
            mac.update(password.getBytes(StandardCharsets.UTF_8));
            return new Key(ByteBuffer.wrap(mac.doFinal()));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("This JVM lacks " + MAC, e);
        }
    }

    /** Returns whether the password was found to be the one of this very hash, not long ago. */
    boolean contains(Key key, PasswordHash hash) {
        lock.lock();
        try {
            Entry entry = entries.get(key);
            return entry != null && entry.hash.equals(hash) && clock.instant().isBefore(entry.until);
        } finally {
            lock.unlock();
        }
    }

    void add(Key key, PasswordHash hash) {
        lock.lock();
        try {
            entries.put(key, new Entry(hash, clock.instant().plus(age)));
        } finally {
            lock.unlock();
        }
    }
}
