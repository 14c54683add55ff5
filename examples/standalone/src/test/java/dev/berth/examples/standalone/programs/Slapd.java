package dev.berth.examples.standalone.programs;

import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldif.LDIFException;
import dev.berth.registry.client.fixtures.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/**
 * OpenLDAP's slapd on loopback, with people and groups below {@code dc=example,dc=com}. Its certificate is for
 * {@code localhost}. The password of a person is its name and {@code "'s password"}.
 */
public final class Slapd implements AutoCloseable {
    private static final String SUFFIX = "dc=example,dc=com";
    private static final String PEOPLE = "ou=people," + SUFFIX;
    private static final String GROUPS = "ou=groups," + SUFFIX;
    private static final String SEARCHER = "cn=registry," + SUFFIX;
    private static final String ADMIN = "cn=admin," + SUFFIX;
    private static final String ADMIN_PASSWORD = "administering";

    private final Path directory;
    private final Path authority;
    private final int port = freePort();
    private final int tlsPort = freePort();
    private ChildProcess process;
    private LDAPConnection admin;

    private Slapd(Path directory, Path authority) throws IOException {
        this.directory = directory;
        this.authority = authority;
    }

    /** Starts a server with these people, in an empty directory. Skips the test where it is not installed. */
    public static Slapd start(Path directory, String... people) throws Exception {
        Programs.assumeInstalled("slapd");
        TestAuthority authority = new TestAuthority("directory");
        Slapd slapd = new Slapd(directory, authority.certificateFile(directory));
        slapd.configure(authority.issue(directory, "localhost"));
        slapd.run();
        slapd.add("dn: " + SUFFIX, "objectClass: dcObject", "objectClass: organization", "o: Example", "dc: example");
        slapd.add("dn: " + PEOPLE, "objectClass: organizationalUnit", "ou: people");
        slapd.add("dn: " + GROUPS, "objectClass: organizationalUnit", "ou: groups");
        slapd.add(
                "dn: " + SEARCHER,
                "objectClass: organizationalRole",
                "objectClass: simpleSecurityObject",
                "cn: registry",
                "userPassword: searching");
        for (String name : people) {
            slapd.add(
                    "dn: " + person(name),
                    "objectClass: inetOrgPerson",
                    "uid: " + name,
                    "cn: " + name,
                    "sn: Example",
                    "userPassword: " + password(name));
        }
        return slapd;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void configure(TestAuthority.Identity identity) throws IOException, GeneralSecurityException {
        Files.createDirectory(directory.resolve("data"));
        Files.writeString(directory.resolve("slapd.conf"), """
                include /etc/ldap/schema/core.schema
                include /etc/ldap/schema/cosine.schema
                include /etc/ldap/schema/inetorgperson.schema
                modulepath /usr/lib/ldap
                moduleload back_mdb
                TLSCACertificateFile %2$s
                TLSCertificateFile %3$s
                TLSCertificateKeyFile %4$s
                access to attrs=userPassword by anonymous auth by * none
                access to * by dn.exact="%5$s" read by anonymous auth by * none
                database mdb
                suffix "%6$s"
                rootdn "%7$s"
                rootpw "%8$s"
                directory %1$s/data
                maxsize 104857600
                dbnosync
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
    public void run() throws IOException, InterruptedException {
        process = ChildProcess.start(new ProcessBuilder(
                Programs.path("slapd"),
                "-d",
                "0",
                "-f",
                directory.resolve("slapd.conf").toString(),
                "-h",
                "ldap://127.0.0.1:" + port + " ldaps://127.0.0.1:" + tlsPort));
        while (true) {
            try {
                admin = new LDAPConnection("127.0.0.1", port, ADMIN, ADMIN_PASSWORD);
                return;
            } catch (LDAPException e) {
                if (!process.isAlive()) {
                    throw new IOException("slapd did not start: " + process.printed(), e);
                }
                Thread.sleep(20);
            }
        }
    }

    private void add(String... lines) throws LDAPException, LDIFException {
        admin.add(lines);
    }

    private static String person(String name) {
        return "uid=" + name + "," + PEOPLE;
    }

    public static String password(String name) {
        return name + "'s password";
    }

    public void addGroup(String name, String member) throws LDAPException, LDIFException {
        add("dn: cn=" + name + "," + GROUPS, "objectClass: groupOfNames", "cn: " + name, "member: " + person(member));
    }

    public void removePerson(String name) throws LDAPException {
        admin.delete(person(name));
    }

    /** Returns the section {@code auth.ldap} of a configuration, with StartTLS or else LDAPS. */
    public String configuration(boolean startTls) {
        return """
                auth:
                  ldap:
                    url: %s
                    starttls: %s
                    cacertificate: %s
                    binddn: %s
                    bindpassword: searching
                    userbase: %s
                    groupbase: %s
                """.formatted(
                        startTls ? "ldap://localhost:" + port : "ldaps://localhost:" + tlsPort,
                        startTls,
                        authority,
                        SEARCHER,
                        PEOPLE,
                        GROUPS);
    }

    /** Kills the program. */
    public void kill() throws InterruptedException {
        admin.closeWithoutUnbind();
        process.kill();
        process.awaitExit();
    }

    @Override
    public void close() {
        process.close();
    }
}
