package dev.berth.examples.standalone.configuration;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.configuration.values.GoDuration;
import dev.berth.examples.standalone.configuration.values.SettingValues;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a {@link Bucket} from the settings of the S3 driver of {@code registry:2}. */
final class BucketReader {
    static final String SECTION = "storage.s3";

    /** The supported settings. */
    static final Set<String> KNOWN = Set.of(
            SECTION,
            SECTION + ".accesskey",
            SECTION + ".secretkey",
            SECTION + ".region",
            SECTION + ".regionendpoint",
            SECTION + ".redirectendpoint",
            SECTION + ".forcepathstyle",
            SECTION + ".secure",
            SECTION + ".bucket",
            SECTION + ".rootdirectory",
            SECTION + ".encrypt",
            SECTION + ".keyid",
            SECTION + ".storageclass",
            SECTION + ".chunksize",
            SECTION + ".buffermemory",
            SECTION + ".connections",
            SECTION + ".attempts",
            SECTION + ".requesttimeout");

    /** Settings that may be present and have no effect. */
    static final List<String> IGNORED = List.of(
            SECTION + ".v4auth",
            SECTION + ".useragent",
            SECTION + ".loglevel",
            SECTION + ".objectacl",
            SECTION + ".usefipsendpoint",
            SECTION + ".skipverify",
            SECTION + ".multipartcopychunksize",
            SECTION + ".multipartcopymaxconcurrency",
            SECTION + ".multipartcopythresholdsize");

    /** Settings that must not be ignored, because content would become more or less accessible; with their only accepted value. */
    private static final Map<String, String> REJECTED = Map.of(
            SECTION + ".objectacl", "private", SECTION + ".usefipsendpoint", "false", SECTION + ".skipverify", "false");

    private final SettingValues values;

    BucketReader(SettingValues values) {
        this.values = values;
    }

    /** Returns whether a setting is unsupported and must not be ignored. */
    static boolean rejects(String path, String value) {
        return REJECTED.containsKey(path)
                && !value.isBlank()
                && !REJECTED.get(path).equals(value);
    }

    /** Returns the bucket that the settings name. */
    Bucket read() {
        String name = value("bucket")
                .orElseThrow(() -> new CommandException(
                        "The bucket is missing; name it with " + SECTION + ".bucket or with --storage s3://BUCKET."));
        return bucket(name, value("rootdirectory").orElse(""));
    }

    /** Parses an address such as {@code s3://bucket/prefix}. All else comes from the settings. */
    Bucket parse(String address) {
        String path = address.substring(Bucket.SCHEME.length());
        int slash = path.indexOf('/');
        String name = slash < 0 ? path : path.substring(0, slash);
        if (name.isEmpty()) {
            throw new CommandException("'" + address + "' names no bucket; write s3://BUCKET or s3://BUCKET/PREFIX.");
        }
        return bucket(name, slash < 0 ? "" : path.substring(slash + 1));
    }

    private Bucket bucket(String name, String prefix) {
        return new Bucket(
                name,
                prefix.replaceAll("^/+|/+$", ""),
                value("region"),
                address("regionendpoint"),
                address("redirectendpoint"),
                values.flag(SECTION + ".forcepathstyle"),
                key(),
                encryption(),
                value("storageclass")
                        .map(text -> text.toUpperCase(Locale.ROOT))
                        .filter(storageClass -> !storageClass.equals("NONE")),
                partBytes(),
                new Bucket.Requests(
                        values.size(SECTION + ".buffermemory"),
                        values.number(SECTION + ".connections"),
                        values.number(SECTION + ".attempts"),
                        value("requesttimeout").map(text -> GoDuration.parse(SECTION + ".requesttimeout", text))));
    }

    private Optional<Integer> partBytes() {
        // What is too large for an integer is too large for a part, too.
        return values.size(SECTION + ".chunksize").stream()
                .mapToObj(bytes -> (int) Math.min(bytes, Integer.MAX_VALUE))
                .findAny();
    }

    private Optional<String> value(String key) {
        return values.text(SECTION + "." + key);
    }

    private Optional<URI> address(String key) {
        return value(key).map(text -> {
            String whole = text.contains("://") ? text : (secure() ? "https://" : "http://") + text;
            if (whole.indexOf('@') >= 0) {
                // Not even a part of it is printed: it may be a password.
                throw new CommandException("The address in " + SECTION + "." + key
                        + " has an '@', as if it held a user and a password; set " + SECTION + ".accesskey and "
                        + SECTION + ".secretkey instead, and write the address as https://storage.example.com.");
            }
            try {
                return new URI(whole);
            } catch (URISyntaxException e) {
                throw new CommandException("'" + text + "' is not the address of a service, for " + SECTION + "." + key
                        + "; write it as https://storage.example.com.");
            }
        });
    }

    private boolean secure() {
        return values.flag(SECTION + ".secure", true);
    }

    private Optional<Bucket.AccessKey> key() {
        Optional<String> id = value("accesskey");
        Optional<String> secret = value("secretkey");
        if (id.isPresent() != secret.isPresent()) {
            throw new CommandException("Give both " + SECTION + ".accesskey and " + SECTION + ".secretkey, or neither; "
                    + (id.isPresent() ? "the secret key" : "the access key") + " is missing.");
        }
        return id.map(text -> new Bucket.AccessKey(text, secret.orElseThrow()));
    }

    private Optional<Bucket.Encryption> encryption() {
        Optional<String> key = value("keyid");
        boolean wanted = values.flag(SECTION + ".encrypt", false);
        if (key.isPresent() && !wanted) {
            throw new CommandException("The setting " + SECTION + ".keyid asks for encryption, and " + SECTION
                    + ".encrypt does not; set it to true.");
        }
        return wanted ? Optional.of(new Bucket.Encryption(key)) : Optional.empty();
    }
}
