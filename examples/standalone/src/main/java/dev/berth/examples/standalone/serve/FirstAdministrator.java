package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.AccessSettings;
import dev.berth.examples.standalone.configuration.values.Secret;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.account.store.AccountChanges;
import dev.berth.registry.account.store.AccountStore;
import dev.berth.registry.audit.AuditListener;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/** Adds an administrator to a storage in which nobody has an account. There is no password that others could know. */
final class FirstAdministrator {
    private static final int PASSWORD_BYTES = 18;

    private FirstAdministrator() {}

    /**
     * Adds the administrator if there is no account yet. Of several registries over the same storage, one does.
     *
     * @return a line with the password for whoever started the registry, if it was made here
     * @throws CommandException if the name or the password of the settings is not good
     */
    static Optional<String> add(AccountStore store, AccessSettings.Admin admin, AuditListener listener) {
        if (!store.isEmpty()) {
            return Optional.empty();
        }
        String password = admin.password().map(Secret::value).orElseGet(FirstAdministrator::random);
        AccountChanges changes = store.changesBy("berth serve", listener);
        Grant everything = new Grant(Grantee.user(admin.name()), NamePattern.all(), Role.ADMIN);
        try {
            // The right first: an account without it could not be helped by anybody.
            changes.grant(everything);
            changes.addPerson(admin.name(), password);
        } catch (RegistryException e) {
            if (store.person(admin.name()).isPresent()) {
                // Another registry was first, and told its password.
                return Optional.empty();
            }
            if (e.code() == ErrorCode.REQUEST_INVALID) {
                // Otherwise the storage failed, and another registry may just be adding the person.
                changes.revoke(everything);
            }
            throw new CommandException("The administrator of access.admin cannot be added: "
                    + e.errors().get(0).message() + ".");
        }
        return admin.password().isPresent()
                ? Optional.empty()
                : Optional.of("The first administrator is " + admin.name() + " with the password " + password
                        + " which is shown this once");
    }

    private static String random() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
