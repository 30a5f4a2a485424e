package io.plumbline.it.clouds.aws;

import io.plumbline.it.clouds.Request;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The services behind the one endpoint, each with its protocol and the words of its platform.
enum Service {
    ELASTIC_LOAD_BALANCING(
            "elasticloadbalancing",
            Protocol.QUERY,
            "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/",
            "aws-elbv2-2015-12-01"),
    EC2("ec2", Protocol.EC2, "http://ec2.amazonaws.com/doc/2016-11-15/", "aws-ec2-2016-11-15"),
    CERTIFICATE_MANAGER("acm", Protocol.JSON, "CertificateManager", "aws-acm-2015-12-08"),
    TAGGING("tagging", Protocol.JSON, "ResourceGroupsTaggingAPI_20170126", "aws-tagging-2017-01-26"),
    SECURITY_TOKEN("sts", Protocol.QUERY, "https://sts.amazonaws.com/doc/2011-06-15/", "aws-sts-2011-06-15");

    private static final Pattern SCOPE = Pattern.compile("Credential=[^/,]+/\\d{8}/[^/,]+/([^/,]+)/aws4_request");

    final String scopeName;
    final Protocol protocol;
    final String space;
    final String contractName;

    /// How requests and replies are written.
    enum Protocol {
        QUERY,
        EC2,
        JSON
    }

    /// @param scopeName the name in a credential scope
    /// @param space the XML name space, or the prefix of X-Amz-Target
    Service(String scopeName, Protocol protocol, String space, String contractName) {
        this.scopeName = scopeName;
        this.protocol = protocol;
        this.space = space;
        this.contractName = contractName;
    }

    /// The description of its API.
    Contract contract() {
        return Contract.of(this);
    }

    /// The service that a request is for: by its credential scope, and where it is not signed by its form.
    static Service of(Request request) {
        Matcher scope = SCOPE.matcher(request.header("Authorization").orElse(""));
        if (scope.find()) {
            String name = scope.group(1);
            for (Service service : values()) {
                if (service.scopeName.equals(name)) {
                    return service;
                }
            }
        }
        return byForm(request);
    }

    private static Service byForm(Request request) {
        Optional<String> target = request.header("X-Amz-Target");
        for (Service service : values()) {
            boolean matches = switch (service.protocol) {
                case JSON -> target.isPresent() && target.get().startsWith(service.space + ".");
                case QUERY, EC2 ->
                    target.isEmpty()
                            && request.body()
                                    .contains("Version=" + service.contract().version());
            };
            if (matches) {
                return service;
            }
        }
        return ELASTIC_LOAD_BALANCING;
    }

    /// How the platform calls a trouble that has nothing to do with an action.
    String code(Trouble trouble) {
        return switch (protocol) {
            case QUERY -> trouble.query;
            case EC2 -> trouble.ec2;
            case JSON -> trouble.json;
        };
    }

    /// Platform troubles, with their codes by protocol.
    enum Trouble {
        UNSIGNED("MissingAuthenticationToken", "AuthFailure", "MissingAuthenticationTokenException"),
        UNKNOWN_KEY("InvalidClientTokenId", "AuthFailure", "UnrecognizedClientException"),
        BAD_SIGNATURE("SignatureDoesNotMatch", "AuthFailure", "InvalidSignatureException"),
        INCOMPLETE_SIGNATURE("IncompleteSignature", "AuthFailure", "InvalidSignatureException"),
        EXPIRED("RequestExpired", "RequestExpired", "InvalidSignatureException"),
        EXPIRED_TOKEN("ExpiredToken", "RequestExpired", "ExpiredTokenException"),
        UNKNOWN_ACTION("InvalidAction", "InvalidAction", "UnknownOperationException"),
        NOT_SERVED("InvalidAction", "UnsupportedOperation", "UnknownOperationException"),
        MISSING("ValidationError", "MissingParameter", "ValidationException"),
        INVALID("ValidationError", "InvalidParameterValue", "ValidationException"),
        UNKNOWN_PARAMETER("ValidationError", "UnknownParameter", "ValidationException"),
        UNREADABLE("MalformedQueryString", "InvalidParameterValue", "SerializationException"),
        THROTTLED("Throttling", "RequestLimitExceeded", "ThrottlingException"),
        INTERNAL("InternalFailure", "InternalError", "InternalFailure");

        private final String query;
        private final String ec2;
        private final String json;

        Trouble(String query, String ec2, String json) {
            this.query = query;
            this.ec2 = ec2;
            this.json = json;
        }
    }

    /// Refuses unless the condition holds.
    void unless(boolean condition, Trouble trouble, String message) {
        Refusal.unless(condition, code(trouble), message);
    }
}
