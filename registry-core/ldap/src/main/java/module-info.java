/**
 * Accounts of an LDAP directory, or of Active Directory.
 *
 * <pre>{@code
 * <dependency>
 *   <groupId>dev.berth</groupId>
 *   <artifactId>registry-ldap</artifactId>
 * </dependency>
 * }</pre>
 */
module dev.berth.registry.ldap {
    requires transitive dev.berth.registry.accounts;
    requires org.slf4j;
    requires unboundid.ldapsdk;

    exports dev.berth.registry.ldap;
}
