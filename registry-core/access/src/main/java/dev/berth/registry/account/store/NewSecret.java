package dev.berth.registry.account.store;

/**
 * A secret that was just made. Only its hash is kept, so this is the only time that anybody sees it.
 *
 * @param account the name of the robot, or the identifier of the personal token
 * @param secret the secret, to be used as a password
 * @since 0.1
 */
public record NewSecret(String account, String secret) {

    /** Does not contain the secret. */
    @Override
    public String toString() {
        return "new secret of " + account;
    }
}
