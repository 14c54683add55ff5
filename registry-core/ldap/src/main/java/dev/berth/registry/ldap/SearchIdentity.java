package dev.berth.registry.ldap;

/** Who searches. */
record SearchIdentity(String dn, String password) {
    SearchIdentity {
        if (dn.isBlank() || password.isEmpty()) {
            throw new IllegalArgumentException("The search identity needs a name and a password");
        }
    }

    /** Does not contain the password. */
    @Override
    public String toString() {
        return dn;
    }
}
