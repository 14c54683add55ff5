package dev.berth.registry.ldap;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldif.LDIFException;
import dev.berth.registry.client.fixtures.TestAuthority;
import dev.berth.registry.fixtures.Programs;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * OpenLDAP's slapd on loopback, in a directory of its own, with memberOf and ppolicy: people and groups below
 * {@code dc=example,dc=com}. Its certificate is for {@code localhost} only. The password of a person is its name and
 * {@code "'s password"}.
 */
final class SlapdServer implements AutoCloseable {
    static final String SUFFIX = "dc=example,dc=com";
    static final String PEOPLE = "ou=people," + SUFFIX;
    static final String GROUPS = "ou=groups," + SUFFIX;
    static final String SEARCHER = "cn=registry," + SUFFIX;
    static final String SEARCHER_PASSWORD = "searching";
    private static final String ADMIN = "cn=admin," + SUFFIX;
    private static final String ADMIN_PASSWORD = "administering";

    private final Path directory;
    private final Path authority;
    private final int port;
    private final int tlsPort;
    private Process process;
    private LDAPConnection admin;

    private SlapdServer(Path directory, Path authority) throws IOException {
        this.directory = directory;
        this.authority = authority;
        this.port = freePort();
        this.tlsPort = freePort();
    }

    /** Starts a server, or skips the test where there is none. */
    static SlapdServer start(Path directory) throws IOException, GeneralSecurityException, InterruptedException {
        Programs.require("slapd");
        TestAuthority authority = new TestAuthority("directory");
        SlapdServer server = new SlapdServer(directory, authority.certificateFile(directory));
        server.configure(authority.issue(directory, "localhost"));
        server.run();
        server.fill();
        return server;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void configure(TestAuthority.Identity identity) throws IOException {
        Files.createDirectory(directory.resolve("data"));
        Files.writeString(directory.resolve("slapd.conf"), """
                include /etc/ldap/schema/core.schema
                include /etc/ldap/schema/cosine.schema
                include /etc/ldap/schema/nis.schema
                include /etc/ldap/schema/inetorgperson.schema
                modulepath /usr/lib/ldap
                moduleload back_mdb
                moduleload memberof
                moduleload ppolicy
                pidfile %1$s/pid
                TLSCACertificateFile %2$s
                TLSCertificateFile %3$s
                TLSCertificateKeyFile %4$s
                access to attrs=userPassword by anonymous auth by * none
                access to dn.base="" by * read
                access to * by dn.exact="%5$s" read by anonymous auth by self read by * none
                database mdb
                suffix "%6$s"
                rootdn "%7$s"
                rootpw "%8$s"
                directory %1$s/data
                maxsize 104857600
                dbnosync
                limits dn.exact="%5$s" size.prtotal=unlimited
                index objectClass,uid,member,memberUid eq
                overlay memberof
                overlay ppolicy
                """.formatted(
                        directory,
                        authority,
                        identity.certificateFile(),
                        identity.keyFile(),
                        SEARCHER,
                        SUFFIX,
                        ADMIN,
                        ADMIN_PASSWORD));
    }

    /** Starts the program, again if it was killed. */
    void run() throws IOException, InterruptedException {
        process = new ProcessBuilder(
                        "slapd",
                        "-d",
                        "stats",
                        "-f",
                        directory.resolve("slapd.conf").toString(),
                        "-h",
                        "ldap://127.0.0.1:" + port + " ldaps://127.0.0.1:" + tlsPort)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                .start();
        while (true) {
            try {
                admin = new LDAPConnection("127.0.0.1", port, ADMIN, ADMIN_PASSWORD);
                return;
            } catch (LDAPException e) {
                if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
                    throw new IOException("slapd did not start: " + Files.readString(log()), e);
                }
            }
        }
    }

    private Path log() {
        return directory.resolve("log");
    }

    private void fill() throws IOException {
        change(() -> {
            admin.add(
                    "dn: " + SUFFIX, "objectClass: dcObject", "objectClass: organization", "o: Example", "dc: example");
            admin.add("dn: " + PEOPLE, "objectClass: organizationalUnit", "ou: people");
            admin.add("dn: " + GROUPS, "objectClass: organizationalUnit", "ou: groups");
            admin.add(
                    "dn: " + SEARCHER,
                    "objectClass: organizationalRole",
                    "objectClass: simpleSecurityObject",
                    "cn: registry",
                    "userPassword: " + SEARCHER_PASSWORD);
        });
        addPerson("alice");
        addPerson("bob");
        addPerson("carol");
    }

    private interface Change {
        void make() throws LDAPException, LDIFException;
    }

    private static void change(Change change) throws IOException {
        try {
            change.make();
        } catch (LDAPException | LDIFException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    static String person(String name) {
        return "uid=" + name + "," + PEOPLE;
    }

    static String group(String name) {
        return "cn=" + name + "," + GROUPS;
    }

    static String password(String name) {
        return name + "'s password";
    }

    void addPerson(String name) throws IOException {
        change(() -> admin.add(
                "dn: " + person(name),
                "objectClass: inetOrgPerson",
                "uid: " + name,
                "cn: " + name + " Example",
                "sn: Example",
                "userPassword: " + password(name)));
    }

    void addGroup(String name, String... members) throws IOException {
        List<String> lines =
                new java.util.ArrayList<>(List.of("dn: " + group(name), "objectClass: groupOfNames", "cn: " + name));
        List.of(members).forEach(member -> lines.add("member: " + member));
        change(() -> admin.add(lines.toArray(new String[0])));
    }

    void add(String... lines) throws IOException {
        change(() -> admin.add(lines));
    }

    void removeMember(String group, String member) throws IOException {
        change(() -> admin.modify(group(group), new Modification(ModificationType.DELETE, "member", member)));
    }

    void set(String name, String attribute, String value) throws IOException {
        change(() -> admin.modify(person(name), new Modification(ModificationType.REPLACE, attribute, value)));
    }

    void remove(String entry) throws IOException {
        change(() -> admin.delete(entry));
    }

    URI url() {
        return URI.create("ldap://localhost:" + port);
    }

    URI tlsUrl() {
        return URI.create("ldaps://localhost:" + tlsPort);
    }

    /** Returns the server by its address, which its certificate is not for. */
    static URI byAddress(URI url) {
        return URI.create(url.toString().replace("localhost", "127.0.0.1"));
    }

    Path authority() {
        return authority;
    }

    /** Returns options for a search of people and groups, over TLS. */
    LdapOptions.Builder options() {
        return options(tlsUrl());
    }

    LdapOptions.Builder options(URI url) {
        return LdapOptions.builder(url)
                .certificates(authority)
                .searchIdentity(SEARCHER, SEARCHER_PASSWORD)
                .userBase(PEOPLE)
                .groups(LdapGroups.builder(GROUPS).build());
    }

    /** Returns how many lines of the server's log have a text, such as {@code "SRCH base"}. */
    long logged(String text) throws IOException {
        try (var lines = Files.lines(log())) {
            return lines.filter(line -> line.contains(text)).count();
        }
    }

    /** Has the program stand still, with its connections open. */
    void hang() throws IOException, InterruptedException {
        signal("STOP");
        // The signal has been sent by now, but one of its threads may still answer.
        while (!Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"))
                .matches("(?s).*\\) T .*")) {
            Thread.sleep(5);
        }
    }

    void goOn() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    void kill() throws InterruptedException {
        admin.closeWithoutUnbind();
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
