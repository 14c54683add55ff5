package dev.berth.registry.storage.s3;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/** Finds out, before anything else is done with a bucket, whether it can be used, and says in a sentence why not. */
final class OpenCheck {
    private final S3Client client;
    private final S3Settings settings;

    OpenCheck(S3Client client, S3Settings settings) {
        this.client = client;
        this.settings = settings;
    }

    /** Creates a client, or states what is missing. */
    static S3Client create(S3Settings settings, Supplier<S3Client> maker) throws IOException {
        try {
            return maker.get();
        } catch (SdkException e) {
            // The message of the SDK names its classes and objects, one after the other.
            boolean noRegion = settings.region().isEmpty()
                    && String.valueOf(e.getMessage()).contains("Unable to load region");
            throw new IOException(
                    "The bucket " + settings.bucket() + " cannot be opened: "
                            + (noRegion
                                    ? "its region is not known; set the region (AWS_REGION, or the option), or the"
                                            + " address of the service"
                                    : String.valueOf(e.getMessage())
                                            .replaceAll("([\\w$]+\\.)+[\\w$]+@[0-9a-f]+", "the SDK")),
                    e);
        }
    }

    void run() throws IOException {
        ListObjectsV2Response listed;
        try {
            listed = client.listObjectsV2(request ->
                    request.bucket(settings.bucket()).prefix(settings.prefix()).maxKeys(1));
        } catch (AwsServiceException e) {
            throw failure(reason(e), e);
        } catch (SdkException e) {
            throw S3Failures.interrupted(e) ? S3Failures.translate("open the bucket", e) : failure(reason(e), e);
        }
        if (listed.name() == null) {
            throw failure(notS3(), null);
        }
    }

    private String reason(AwsServiceException e) {
        String code = S3Failures.code(e);
        return switch (code) {
            case "NoSuchBucket" -> "there is no such bucket" + at() + "; create it first, or correct its name";
            case "AccessDenied", "AllAccessDisabled", "AccountProblem" ->
                "these credentials are not allowed to list it; they need s3:ListBucket on the bucket, and"
                        + " s3:GetObject, s3:PutObject, s3:DeleteObject, s3:AbortMultipartUpload on what is in it";
            case "InvalidAccessKeyId" -> "the service does not know this access key id";
            case "SignatureDoesNotMatch" -> "the secret key does not belong to the access key id";
            case "ExpiredToken", "InvalidToken", "TokenRefreshRequired" ->
                "the session token of the credentials is not valid, or not any more; get new ones";
            case "RequestTimeTooSkewed" -> "this machine's clock and the service's differ too much; set the clock";
            case "PermanentRedirect", "AuthorizationHeaderMalformed", "IllegalLocationConstraintException", "301" ->
                "it is in another region" + regionOf(e) + "; set the region (AWS_REGION, or the option)";
            default -> e.statusCode() == 301 ? "it is in another region" + regionOf(e) + "; set it" : other(e, code);
        };
    }

    private String other(AwsServiceException e, String code) {
        if (e.statusCode() == 403) {
            return "the service refuses these credentials (403 " + code + ")";
        }
        if (code.isEmpty() || e.statusCode() == 404 || e.statusCode() == 405) {
            return notS3() + " (it answered " + e.statusCode() + ")";
        }
        return "the service answered " + e.statusCode() + " " + code;
    }

    private static String regionOf(AwsServiceException e) {
        String message = e.awsErrorDetails().errorMessage();
        return e.awsErrorDetails()
                .sdkHttpResponse()
                .firstMatchingHeader("x-amz-bucket-region")
                .map(region -> ", " + region)
                .orElse(message == null ? "" : " (" + message + ")");
    }

    private String reason(SdkException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SSLException) {
                return "no trusted TLS connection to the service" + at() + " comes about: " + cause.getMessage();
            }
            if (cause instanceof UnknownHostException) {
                return "there is no host of the name " + cause.getMessage()
                        + "; if the service is reached under one name only, set path style";
            }
            if (cause instanceof ConnectException || cause instanceof SocketTimeoutException) {
                return "the service" + at() + " cannot be reached: " + cause.getMessage();
            }
        }
        String message = String.valueOf(e.getMessage());
        if (message.contains("Unable to load credentials")) {
            return "there are no credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the option";
        }
        if (message.contains("Could not parse") || message.contains("Unable to unmarshall")) {
            return notS3();
        }
        return message;
    }

    private String notS3() {
        return "what answers" + at() + " is not an S3 service";
    }

    private String at() {
        return settings.endpoint().map(endpoint -> " at " + endpoint).orElse("");
    }

    private IOException failure(String reason, @Nullable SdkException cause) {
        return new IOException("The bucket " + settings.bucket() + " cannot be opened: " + reason, cause);
    }
}
