package dev.berth.registry.ldap;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a directory is, and how its users and their groups are found. Immutable. Prints no password.
 *
 * <pre>{@code
 * LdapOptions.builder(URI.create("ldaps://ldap.example.com"))
 *         .searchIdentity("cn=registry,dc=example,dc=com", password)
 *         .userBase("ou=people,dc=example,dc=com")
 *         .groups(LdapGroups.builder("ou=groups,dc=example,dc=com").nested(true).build())
 *         .build()
 * }</pre>
 *
 * @since 0.1
 */
public final class LdapOptions {
    private final Settings settings;

    private LdapOptions(Settings settings) {
        this.settings = settings;
    }

    /**
     * Returns a builder.
     *
     * @param url where the directory is: {@code ldaps://host:port} or {@code ldap://host:port}; without a port 636 and 389
     * @param more further servers with the same content, which are asked if one does not answer
     * @throws IllegalArgumentException if a URL is none of these
     */
    public static Builder builder(URI url, URI... more) {
        List<URI> urls = new ArrayList<>(List.of(more));
        urls.add(0, url);
        return new Builder(urls);
    }

    Settings settings() {
        return settings;
    }

    /** Returns a text with the servers. */
    @Override
    public String toString() {
        return "LdapOptions " + settings.servers().servers();
    }

    /**
     * Builds options. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private static final Duration LONGEST_DEADLINE = Duration.ofSeconds(10);
        private static final Duration LONGEST_FRESH = Duration.ofSeconds(10);

        private final List<Servers.Server> servers;
        private boolean startTls;
        private boolean allowPlaintext;
        private @Nullable Path certificates;
        private @Nullable SearchIdentity searchIdentity;
        private @Nullable String userBase;
        private NameTemplate userFilter = NameTemplate.filter("user filter", "(uid={0})");
        private @Nullable NameTemplate bindAs;
        private @Nullable WindowsNames windows;
        private @Nullable String nameAttribute;
        private String namePrefix = "";
        private @Nullable LdapGroups groups;
        private int connections = 8;
        private Duration connectTimeout = Duration.ofSeconds(2);
        private Duration responseTimeout = Duration.ofSeconds(3);
        private Duration deadline = Duration.ofSeconds(8);
        private Duration fresh = Duration.ofSeconds(5);
        private Duration passwordAge = Duration.ofMinutes(5);
        private Duration outage = Duration.ofMinutes(5);
        private InstantSource clock = InstantSource.system();

        private Builder(List<URI> urls) {
            this.servers = urls.stream().map(Servers.Server::of).toList();
        }

        /**
         * Sets whether connections change to TLS (StartTLS, RFC 4511, section 4.14) before anything else is sent; off by
         * default. For {@code ldap} URLs.
         */
        public Builder startTls(boolean newStartTls) {
            this.startTls = newStartTls;
            return this;
        }

        /**
         * Sets a PEM file with the certificates of the authorities that are trusted, instead of those of the JVM. The
         * host name of a server is verified in any case.
         */
        public Builder certificates(Path newCertificates) {
            this.certificates = Objects.requireNonNull(newCertificates, "newCertificates");
            return this;
        }

        /** Sets whether passwords may be sent without TLS to another machine; off by default. */
        public Builder allowPlaintext(boolean newAllowPlaintext) {
            this.allowPlaintext = newAllowPlaintext;
            return this;
        }

        /**
         * Sets who searches. Without it searches are anonymous.
         *
         * @param dn the name of an entry, or in Active Directory a name such as {@code registry@corp.example.com}
         * @param password its password
         */
        public Builder searchIdentity(String dn, String password) {
            this.searchIdentity = new SearchIdentity(dn, password);
            return this;
        }

        /** Sets the entry below which users are, such as {@code ou=people,dc=example,dc=com}. Required. */
        public Builder userBase(String dn) {
            this.userBase = Required.dn("user base", dn);
            return this;
        }

        /**
         * Sets the filter (RFC 4515) that finds a user, <code>(uid={0})</code> by default. <code>{0}</code> is the name
         * that was typed, which is escaped. A name that finds no entry, or several, is refused. It is not used with
         * {@link #activeDirectory}.
         */
        public Builder userFilter(String filter) {
            this.userFilter = NameTemplate.filter("user filter", filter);
            return this;
        }

        /**
         * Sets who the directory is asked to take a user for, so that no search comes before: the name of an entry such as
         * <code>uid={0},ou=people,dc=example,dc=com</code>, or for Active Directory <code>{0}@corp.example.com</code> or
         * <code>CORP\{0}</code>. The entry is read afterwards, and only counts if the user filter finds it as well.
         *
         * <p>Without a search identity the user reads it at the login. Later it is read anonymously: where the
         * directory does not permit that, tokens are good for as long as {@link #fresh} only.
         */
        public Builder bindAs(String template) {
            NameTemplate parsed = new NameTemplate(template);
            if (!parsed.hasPlace(0)) {
                throw new IllegalArgumentException("The name to bind as needs {0}, for the name that was typed");
            }
            if (template.contains("=")) {
                Required.dn("name to bind as", template);
            }
            this.bindAs = parsed;
            return this;
        }

        /**
         * Sets that the directory is an Active Directory. Users log in as {@code name}, {@code name@domain}, by their
         * user principal name, or as {@code NETBIOS\name}. The name of a caller is the {@code sAMAccountName}. Without a
         * search identity, the directory is asked to take them for {@code name@domain}. The user filter is not used.
         *
         * @param domain its DNS name, such as {@code corp.example.com}
         * @param netbiosName its older name, such as {@code CORP}
         */
        public Builder activeDirectory(String domain, String netbiosName) {
            this.windows = new WindowsNames(domain, netbiosName);
            return this;
        }

        /**
         * Sets the attribute with the name that a caller gets, whatever was typed: {@code uid} by default,
         * {@code sAMAccountName} with {@link #activeDirectory}.
         */
        public Builder nameAttribute(String attribute) {
            this.nameAttribute = Required.attribute(attribute);
            return this;
        }

        /**
         * Sets what the name of a caller begins with, such as {@code ldap:}; nothing by default. Without it a user of the
         * directory is the same caller as an account of another source that has the same name.
         */
        public Builder namePrefix(String prefix) {
            this.namePrefix = Objects.requireNonNull(prefix, "prefix");
            return this;
        }

        /** Sets how the groups of users are found. Without that callers have none. */
        public Builder groups(LdapGroups newGroups) {
            this.groups = Objects.requireNonNull(newGroups, "newGroups");
            return this;
        }

        /**
         * Sets how many requests to the directory there are at the same time, 8 by default. Each has a thread and at most
         * two connections, one for searches, which is kept, and one for the user's password.
         */
        public Builder connections(int number) {
            this.connections = Required.positive(number);
            return this;
        }

        /** Sets how long one server is waited for to take a connection, 2 seconds by default. */
        public Builder connectTimeout(Duration timeout) {
            this.connectTimeout = Required.positive(timeout);
            return this;
        }

        /** Sets how long one answer is waited for, 3 seconds by default. */
        public Builder responseTimeout(Duration timeout) {
            this.responseTimeout = Required.positive(timeout);
            return this;
        }

        /**
         * Sets how long everything takes at most that one login needs, 8 seconds by default.
         *
         * @throws IllegalArgumentException if that is 10 seconds or longer: clients give up after 15
         */
        public Builder deadline(Duration newDeadline) {
            if (Required.positive(newDeadline).compareTo(LONGEST_DEADLINE) >= 0) {
                throw new IllegalArgumentException("The deadline must be under 10 seconds, not " + newDeadline);
            }
            this.deadline = newDeadline;
            return this;
        }

        /**
         * Sets how long what the directory said of an account counts before it is asked again, 5 seconds by default: so
         * long a removed user or membership still has its rights.
         *
         * @throws IllegalArgumentException if that is more than 10 seconds
         */
        public Builder fresh(Duration age) {
            if (age.isNegative() || age.compareTo(LONGEST_FRESH) > 0) {
                throw new IllegalArgumentException("An account counts as fresh for 10 seconds at most, not " + age);
            }
            this.fresh = age;
            return this;
        }

        /**
         * Sets how long a password that was right is not sent to the directory again, 5 minutes by default. It is
         * forgotten earlier if the directory shows that the account has changed.
         */
        public Builder passwordAge(Duration age) {
            this.passwordAge = Required.notNegative(age);
            return this;
        }

        /**
         * Sets how long accounts and passwords that are known still count while the directory does not answer, 5
         * minutes by default, from its last answer about an account on. Others cannot log in until it is back.
         */
        public Builder outage(Duration age) {
            this.outage = Required.notNegative(age);
            return this;
        }

        /** Sets the clock for the ages. */
        public Builder clock(InstantSource newClock) {
            this.clock = Objects.requireNonNull(newClock, "newClock");
            return this;
        }

        /**
         * Returns the options.
         *
         * @throws IllegalArgumentException if there is no user base, passwords would be sent in plaintext, or settings
         *     contradict each other
         */
        public LdapOptions build() {
            Servers all = new Servers(servers, startTls, Optional.ofNullable(certificates));
            all.requireSafe(allowPlaintext);
            return new LdapOptions(new Settings(
                    all,
                    Optional.ofNullable(searchIdentity),
                    Users.of(userBase, userFilter, bindAs, windows, nameAttribute, namePrefix, searchIdentity != null),
                    Optional.ofNullable(groups),
                    new Limits(connections, connectTimeout, responseTimeout, deadline),
                    new CacheAges(fresh, passwordAge, outage),
                    clock));
        }
    }
}
