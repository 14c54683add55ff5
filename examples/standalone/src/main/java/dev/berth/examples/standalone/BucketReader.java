package dev.berth.examples.standalone;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Puts a {@link Bucket} together from the settings of the S3 driver of {@code registry:2}. */
final class BucketReader {
    static final String SECTION = "storage.s3";

    /** What is understood, each below {@link #SECTION}. */
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
            SECTION + ".chunksize");

    /** What works differently here, or needs no setting. */
    static final List<String> NEEDLESS = List.of(
            SECTION + ".v4auth",
            SECTION + ".useragent",
            SECTION + ".loglevel",
            SECTION + ".objectacl",
            SECTION + ".usefipsendpoint",
            SECTION + ".skipverify",
            SECTION + ".multipartcopychunksize",
            SECTION + ".multipartcopymaxconcurrency",
            SECTION + ".multipartcopythresholdsize");

    /** What would be less or more open than was meant if it were ignored, and its value that changes nothing. */
    private static final Map<String, String> REFUSED = Map.of(
            SECTION + ".objectacl", "private", SECTION + ".usefipsendpoint", "false", SECTION + ".skipverify", "false");

    private final SettingValues values;

    BucketReader(SettingValues values) {
        this.values = values;
    }

    /** Returns whether a setting must not be ignored, and cannot be followed. */
    static boolean refuses(String path, String value) {
        return REFUSED.containsKey(path)
                && !value.isBlank()
                && !REFUSED.get(path).equals(value);
    }

    /** Returns the bucket that the settings name. */
    Bucket read() {
        String name = value("bucket")
                .orElseThrow(() -> new ConfigException(
                        "The bucket is missing; name it with " + SECTION + ".bucket or with --storage s3://BUCKET."));
        return bucket(name, value("rootdirectory").orElse(""));
    }

    /** Returns the bucket of an address such as {@code s3://bucket/prefix}; the rest is as the settings say. */
    Bucket at(String address) {
        String path = address.substring(Bucket.SCHEME.length());
        int slash = path.indexOf('/');
        String name = slash < 0 ? path : path.substring(0, slash);
        if (name.isEmpty()) {
            throw new ConfigException("'" + address + "' names no bucket; write s3://BUCKET or s3://BUCKET/PREFIX.");
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
                values.number(SECTION + ".chunksize"));
    }

    private Optional<String> value(String key) {
        return values.text(SECTION + "." + key);
    }

    private Optional<URI> address(String key) {
        return value(key).map(text -> {
            String whole = text.contains("://") ? text : (secure() ? "https://" : "http://") + text;
            try {
                return new URI(whole);
            } catch (URISyntaxException e) {
                throw new ConfigException("'" + text + "' is not the address of a service, for " + SECTION + "." + key
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
            throw new ConfigException("Give both " + SECTION + ".accesskey and " + SECTION + ".secretkey, or neither; "
                    + (id.isPresent() ? "the secret key" : "the access key") + " is missing.");
        }
        return id.map(text -> new Bucket.AccessKey(text, secret.orElseThrow()));
    }

    private Optional<Bucket.Encryption> encryption() {
        Optional<String> key = value("keyid");
        boolean wanted = values.flag(SECTION + ".encrypt", false);
        if (key.isPresent() && !wanted) {
            throw new ConfigException("The setting " + SECTION + ".keyid asks for encryption, and " + SECTION
                    + ".encrypt does not; set it to true.");
        }
        return wanted ? Optional.of(new Bucket.Encryption(key)) : Optional.empty();
    }
}
