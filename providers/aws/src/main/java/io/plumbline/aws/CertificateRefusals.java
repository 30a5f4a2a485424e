package io.plumbline.aws;

import io.plumbline.spi.Outcome;
import io.plumbline.spi.Outcome.Rejected;
import java.util.List;
import java.util.regex.Pattern;

/// A certificate that the cloud does not take. Its refusal tells neither which annotation names the certificate nor
/// what to do; and of one that is not issued yet only that its name, signature or key is not supported
/// (https://docs.aws.amazon.com/elasticloadbalancing/latest/network/tls-listener-certificates.html).
final class CertificateRefusals {
    private static final Pattern CODES =
            Pattern.compile(".*(CertificateNotFound|UnsupportedCertificate).*", Pattern.DOTALL);

    private CertificateRefusals() {}

    /// The outcome of a call, with the remedy where it is such a refusal.
    static Outcome explained(Call call, Outcome outcome) {
        List<String> arns = call instanceof Call.Certified certified ? certified.certificates() : List.of();
        return outcome instanceof Rejected rejected
                        && !arns.isEmpty()
                        && CODES.matcher(rejected.message()).matches()
                ? new Rejected(rejected.because(), rejected.message() + remedy(call, arns))
                : outcome;
    }

    private static String remedy(Call call, List<String> arns) {
        return "; " + Annotations.BETA + Annotations.CERTIFICATES + " names " + String.join(", ", arns)
                + ": name a certificate of this account and region that ACM has issued, or one of IAM; until then "
                + (call instanceof Call.CreateListener
                        ? "this port is not opened"
                        : "the listener keeps the certificates that it has");
    }
}
