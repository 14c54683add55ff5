package dev.berth.registry.account;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The accounts of those who may log in with a name and a password. Thread-safe.
 *
 * <p>Implementations answer for an unknown name as slowly as for a wrong password, so that nobody can find out names by
 * the time of the answer.
 *
 * @since 0.1
 */
public interface Accounts {

    /**
     * Verifies a password.
     *
     * @return the account, or empty if there is no such account, or its password is another one
     * @throws dev.berth.registry.RegistryException with {@code UNAVAILABLE} if the password cannot be verified now; with
     *     {@code UNAUTHORIZED} and the reason if it is a token, for this source only, that is not good
     */
    Optional<Account> authenticate(String name, String password);

    /**
     * Returns an account as it is now, without a password: for a token that was issued before.
     *
     * @param subject the {@link Account#subject()}
     * @return the account, or empty if it does not exist any more
     * @throws dev.berth.registry.RegistryException with {@code UNAVAILABLE} if that is not known now
     */
    Optional<Account> find(String subject);

    /**
     * Returns an account as it is now, if its credentials are still the same: for a token that was issued before.
     *
     * @param subject the {@link Account#subject()}
     * @param version the {@link Account#version()} at that time
     * @return the account, or empty if it does not exist any more, or has another version
     * @throws dev.berth.registry.RegistryException with {@code UNAVAILABLE} if that is not known now
     */
    default Optional<Account> find(String subject, String version) {
        return find(subject).filter(account -> account.version().equals(version));
    }

    /**
     * Returns accounts with these passwords by name, in memory: for tests, and for programs with a few fixed accounts.
     * Their versions are others in each process, so refresh tokens do not outlive it.
     *
     * @throws IllegalArgumentException if a name is empty or has a colon, or a password is empty
     */
    static Accounts ofPasswords(Map<String, String> passwords) {
        return new PasswordAccounts(passwords);
    }

    /**
     * Returns whether a password has the form of a secret that only these accounts make, whether it is good or not. Then no
     * other source of accounts is to see it. By default, no password has.
     */
    default boolean isOwnSecret(String password) {
        return false;
    }

    /**
     * Returns whether the names of these accounts are chosen elsewhere, such as by the people of a directory. Then one whose
     * name another source {@linkplain #ownsName owns} is nobody here: otherwise whoever can choose a name there could be an
     * administrator here. By default, they are not.
     */
    default boolean isOutside() {
        return false;
    }

    /**
     * Returns whether a name of a caller is that of an account which these accounts have been given, also of one that cannot
     * log in now. By default, no name is.
     */
    default boolean ownsName(String name) {
        return false;
    }

    /**
     * Returns the accounts of several sources. A password is good if one of them says so, and the first one that has an
     * account is asked about it. So two sources with the same name are two ways to be the same caller, unless
     * one of them is {@linkplain #isOutside outside} and the other one owns the name.
     */
    static Accounts anyOf(List<Accounts> sources) {
        return new CombinedAccounts(sources);
    }
}
