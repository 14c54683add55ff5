package dev.berth.registry.scan.signature;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * The name of the subject of a certificate, or what a policy demands of it (RFC 4514).
 *
 * @param attributes the values, by their type in capitals
 */
record SubjectName(Map<String, String> attributes) {
    private static final List<String> NEEDED = List.of("C", "ST", "O");

    /** Reads the name in a policy, which must have country, state and organisation. */
    static SubjectName ofPolicy(String policy, String text) {
        SubjectName name;
        try {
            name = parse(text);
        } catch (InvalidNameException | IllegalArgumentException e) {
            throw TrustPolicy.invalid(
                    policy,
                    "has the identity '" + text + "', which is no name of a subject with one value for each type");
        }
        if (!name.attributes.keySet().containsAll(NEEDED)) {
            throw TrustPolicy.invalid(policy, "has the identity '" + text + "', which needs C, ST and O");
        }
        return name;
    }

    /** Reads the name of a certificate. */
    static SubjectName ofCertificate(String text) {
        try {
            return parse(text);
        } catch (InvalidNameException | IllegalArgumentException e) {
            throw new RefusedException("the name of its certificate has several values for a type, or cannot be read");
        }
    }

    private static SubjectName parse(String text) throws InvalidNameException {
        Map<String, String> attributes = new HashMap<>();
        for (Rdn part : new LdapName(text).getRdns()) {
            String type = part.getType().toUpperCase(Locale.ROOT);
            String known = type.equals("S") ? "ST" : type;
            if (part.size() != 1 || attributes.putIfAbsent(known, String.valueOf(part.getValue())) != null) {
                throw new IllegalArgumentException("There are two values");
            }
        }
        return new SubjectName(Map.copyOf(attributes));
    }

    /** Returns whether a name has everything that this one demands. */
    boolean accepts(SubjectName name) {
        return name.attributes.entrySet().containsAll(attributes.entrySet());
    }
}
