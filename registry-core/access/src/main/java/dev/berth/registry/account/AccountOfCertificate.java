package dev.berth.registry.account;

import dev.berth.registry.server.Caller;
import java.util.Optional;

/** Finds the account of whom a certificate names. */
record AccountOfCertificate(Accounts accounts) {

    /** Returns the caller with the groups of its account, or empty if it has none. */
    Optional<Caller> of(Caller certified) {
        return accounts.find(certified.name())
                .map(Account::caller)
                // A name can be made to look like what names other credentials, such as a personal token.
                .filter(known -> known.name().equals(certified.name()))
                .map(known -> known.toBuilder().groups(certified.groups()).build());
    }
}
