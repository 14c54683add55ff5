package dev.berth.examples.standalone.configuration;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.values.SettingValues;
import dev.berth.registry.ldap.LdapGroups;
import dev.berth.registry.ldap.LdapOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads {@code auth.ldap}: a directory whose users may log in. */
final class LdapReader {
    private static final String SECTION = AuthReader.SECTION + ".ldap";

    /** A list, since a directory may have several servers. */
    static final String URL = SECTION + ".url";

    /** Settings of one value. */
    static final Set<String> VALUES = Stream.of(
                    "starttls",
                    "cacertificate",
                    "allowplaintext",
                    "binddn",
                    "bindpassword",
                    "userbase",
                    "userfilter",
                    "bindas",
                    "usernameattribute",
                    "domain",
                    "netbiosname",
                    "groupbase",
                    "groupfilter",
                    "groupnameattribute",
                    "memberof",
                    "nested",
                    "inchain",
                    "mostgroups",
                    "connections",
                    "connecttimeout",
                    "responsetimeout",
                    "deadline",
                    "fresh",
                    "passwordage",
                    "outage")
            .map(key -> SECTION + "." + key)
            .collect(Collectors.toUnmodifiableSet());

    private final SettingValues values;

    LdapReader(SettingValues values) {
        this.values = values;
    }

    LdapOptions read() {
        List<String> urls = values.list(URL);
        if (urls.isEmpty()) {
            values.required(URL);
        }
        try {
            LdapOptions.Builder options = LdapOptions.builder(
                            url(urls.get(0)),
                            urls.stream().skip(1).map(LdapReader::url).toArray(URI[]::new))
                    .userBase(values.required(path("userbase")));
            flag("starttls", options::startTls);
            flag("allowplaintext", options::allowPlaintext);
            values.file(path("cacertificate")).ifPresent(options::certificates);
            addIdentity(options);
            text("userfilter", options::userFilter);
            text("bindas", options::bindAs);
            text("usernameattribute", options::nameAttribute);
            addDomain(options);
            groups().ifPresent(options::groups);
            values.positiveNumber(path("connections")).ifPresent(options::connections);
            duration("connecttimeout", options::connectTimeout);
            duration("responsetimeout", options::responseTimeout);
            duration("deadline", options::deadline);
            duration("fresh", options::fresh);
            duration("passwordage", options::passwordAge);
            duration("outage", options::outage);
            return options.build();
        } catch (IllegalArgumentException e) {
            throw AuthReader.wrong(SECTION, e);
        }
    }

    private static URI url(String text) {
        try {
            if (text.indexOf('@') < 0) {
                return new URI(text);
            }
        } catch (URISyntaxException e) {
            // The same sentence. Not even a part is printed: it may be a password.
        }
        throw new CommandException("The setting " + URL + " is the URL of a directory such as ldaps://ldap.example.com;"
                + " who searches it is set with " + SECTION + ".binddn and " + SECTION + ".bindpassword.");
    }

    private void addIdentity(LdapOptions.Builder options) {
        Optional<String> name = values.text(path("binddn"));
        Optional<String> password = values.text(path("bindpassword"));
        if (name.isPresent() != password.isPresent()) {
            throw new CommandException("Give both " + path("binddn") + " and " + path("bindpassword") + ", or neither; "
                    + (name.isPresent() ? "the password" : "the name") + " is missing.");
        }
        name.ifPresent(dn -> options.searchIdentity(dn, password.orElseThrow()));
    }

    private void addDomain(LdapOptions.Builder options) {
        Optional<String> domain = values.text(path("domain"));
        Optional<String> netbiosName = values.text(path("netbiosname"));
        if (domain.isPresent() != netbiosName.isPresent()) {
            throw new CommandException("For Active Directory give both " + path("domain") + " and "
                    + path("netbiosname") + "; " + (domain.isPresent() ? "the second" : "the first") + " is missing.");
        }
        domain.ifPresent(name -> options.activeDirectory(name, netbiosName.orElseThrow()));
    }

    private Optional<LdapGroups> groups() {
        Optional<String> base = values.text(path("groupbase"));
        if (base.isEmpty()) {
            for (String key :
                    List.of("groupfilter", "groupnameattribute", "memberof", "nested", "inchain", "mostgroups")) {
                if (values.text(path(key)).isPresent()) {
                    throw new CommandException(
                            "The setting " + path(key) + " is about groups, and " + path("groupbase") + " is missing.");
                }
            }
            return Optional.empty();
        }
        LdapGroups.Builder groups = LdapGroups.builder(base.get());
        text("groupfilter", groups::filter);
        text("groupnameattribute", groups::nameAttribute);
        flag("memberof", groups::memberOf);
        flag("nested", groups::nested);
        flag("inchain", groups::inChain);
        values.positiveNumber(path("mostgroups")).ifPresent(groups::most);
        return Optional.of(groups.build());
    }

    private static String path(String key) {
        return SECTION + "." + key;
    }

    private void text(String key, Consumer<String> setting) {
        values.text(path(key)).ifPresent(setting);
    }

    private void flag(String key, Consumer<Boolean> setting) {
        values.flag(path(key)).ifPresent(setting);
    }

    private void duration(String key, Consumer<Duration> setting) {
        if (values.text(path(key)).isPresent()) {
            setting.accept(values.duration(path(key), Duration.ZERO));
        }
    }
}
