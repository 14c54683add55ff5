package dev.berth.examples.standalone.cli;

import java.util.regex.Pattern;

/** Words the remedies that the library names as options of the command line. */
public final class OptionHints {
    private static final Pattern PLAIN_HTTP =
            Pattern.compile("RemoteOptions\\.builder\\(\\)\\.plainHttp\\(\"([^\"]+)\"\\)");
    private static final Pattern TRUST_REALM =
            Pattern.compile("RemoteOptions\\.builder\\(\\)\\.trustRealm\\(\"([^\"]+)\"\\)");
    private static final Pattern HTTPS =
            Pattern.compile("write https:// in front of its address \\(https://([^)]+)\\)");
    private static final Pattern CERTIFICATE = Pattern.compile(
            "(The certificate of (\\S+) does not verify.*trust the authority that issued it) for this host");

    private OptionHints() {}

    /** Returns a message of the library for somebody who types commands. */
    public static String in(String message) {
        String hint = PLAIN_HTTP.matcher(message).replaceAll("--plain-http $1");
        hint = TRUST_REALM.matcher(hint).replaceAll("--trust-realm $1");
        hint = HTTPS.matcher(hint).replaceAll("use --https $1");
        return CERTIFICATE.matcher(hint).replaceAll("$1 with --ca $2=FILE.pem");
    }
}
