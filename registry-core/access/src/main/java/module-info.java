/**
 * Accounts, passwords and tokens, for registries that decide who may do what.
 *
 * <pre>{@code
 * <dependency>
 *   <groupId>dev.berth</groupId>
 *   <artifactId>registry-access</artifactId>
 * </dependency>
 * }</pre>
 */
@SuppressWarnings("module") // a module that this one is built without
module dev.berth.registry.accounts {
    requires transitive dev.berth.registry.core;
    requires bcrypt;
    requires com.fasterxml.jackson.databind;
    requires com.nimbusds.jose.jwt;
    requires java.naming;
    requires org.slf4j;

    exports dev.berth.registry.account;
    exports dev.berth.registry.account.api;
    exports dev.berth.registry.account.store;
    exports dev.berth.registry.control;
    exports dev.berth.registry.maintenance.api;
    exports dev.berth.registry.mirror.api;
    exports dev.berth.registry.oidc;
    exports dev.berth.registry.session;
    exports dev.berth.registry.token;
    exports dev.berth.registry.webhook.api;
    exports dev.berth.registry.internal.credentials to
            dev.berth.registry.ldap;
}
