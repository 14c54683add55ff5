package dev.berth.registry.ldap;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.RDN;
import dev.berth.registry.Digest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What entries say. */
final class Entries {
    /** What directories themselves set when a password changes: OpenLDAP with ppolicy, Active Directory, FreeIPA. */
    private static final List<String> PASSWORD_CHANGES = List.of("pwdChangedTime", "pwdLastSet", "krbLastPwdChange");

    /** What changes with everything in an entry, where the password's change cannot be seen. */
    private static final List<String> CHANGES = List.of("entryCSN", "modifyTimestamp");

    /** What another entry with the same name has not. */
    private static final List<String> IDENTITIES = List.of("entryUUID", "objectGUID", "nsUniqueId", "ipaUniqueID");

    private static final List<String> STATES =
            List.of("userAccountControl", "accountExpires", "pwdAccountLockedTime", "nsAccountLock", "loginDisabled");

    private static final long WINDOWS_DISABLED = 2;

    /** What ppolicy writes if an administrator locks an account. Other values are from wrong passwords, and end. */
    private static final String LOCKED_FOR_GOOD = "000001010000Z";

    private static final long WINDOWS_EPOCH_SECONDS = 11_644_473_600L;
    private static final long WINDOWS_UNITS_PER_SECOND = 10_000_000L;

    private Entries() {}

    /** Returns the attributes that are looked at here. */
    static List<String> attributes() {
        return List.of(PASSWORD_CHANGES, CHANGES, IDENTITIES, STATES).stream()
                .flatMap(List::stream)
                .toList();
    }

    /**
     * Returns the name of an entry: the value of an attribute, or of several the one that is in the entry's own name. Empty
     * if there is none, or it is not clear which one.
     */
    static Optional<String> name(Entry entry, String attribute) throws DirectoryException {
        String[] values = entry.getAttributeValues(attribute);
        if (values == null || values.length == 0) {
            return Optional.empty();
        }
        return (values.length == 1 ? Optional.of(values[0]) : firstName(entry.getDN(), attribute))
                .filter(Entries::isUsable);
    }

    /** Returns the value of an attribute in the first part of the name of an entry. */
    static Optional<String> firstName(String dn, String attribute) throws DirectoryException {
        try {
            RDN first = new DN(dn).getRDN();
            if (first != null) {
                String[] names = first.getAttributeNames();
                for (int i = 0; i < names.length; i++) {
                    if (names[i].equalsIgnoreCase(attribute)) {
                        return Optional.of(first.getAttributeValues()[i]).filter(Entries::isUsable);
                    }
                }
            }
            return Optional.empty();
        } catch (LDAPException e) {
            throw DirectoryException.of("Reading the name of an entry", e);
        }
    }

    private static boolean isUsable(String name) {
        return !name.isBlank() && name.chars().noneMatch(Character::isISOControl);
    }

    /** Returns whether an administrator disabled the account, or it has expired. */
    static boolean isDisabled(Entry entry, Instant now) {
        Long control = entry.getAttributeValueAsLong("userAccountControl");
        Long expires = entry.getAttributeValueAsLong("accountExpires");
        return control != null && (control & WINDOWS_DISABLED) != 0
                || expires != null && isOver(expires, now)
                || LOCKED_FOR_GOOD.equals(entry.getAttributeValue("pwdAccountLockedTime"))
                || "true".equalsIgnoreCase(entry.getAttributeValue("nsAccountLock"))
                || "true".equalsIgnoreCase(entry.getAttributeValue("loginDisabled"));
    }

    private static boolean isOver(long expires, Instant now) {
        // Both 0 and the greatest number mean never.
        return expires > 0
                && expires < Long.MAX_VALUE
                && expires / WINDOWS_UNITS_PER_SECOND - WINDOWS_EPOCH_SECONDS <= now.getEpochSecond();
    }

    /** Returns a text that is another one after a change of the password, as far as the directory shows that. */
    static String version(Entry entry) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        IDENTITIES.forEach(attribute -> add(all, entry, attribute));
        Optional<String> change = PASSWORD_CHANGES.stream()
                .filter(entry::hasAttribute)
                .findFirst()
                .or(() -> CHANGES.stream().filter(entry::hasAttribute).findFirst());
        change.ifPresent(attribute -> add(all, entry, attribute));
        return Digest.sha256(all.toByteArray()).hex().substring(0, 32);
    }

    private static void add(ByteArrayOutputStream all, Entry entry, String name) {
        Attribute attribute = entry.getAttribute(name);
        if (attribute != null) {
            all.writeBytes((name + "\0").getBytes(StandardCharsets.UTF_8));
            for (byte[] value : attribute.getValueByteArrays()) {
                all.writeBytes(value);
                all.write(0);
            }
        }
    }
}
