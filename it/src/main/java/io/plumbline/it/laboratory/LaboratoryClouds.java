package io.plumbline.it.laboratory;

import io.plumbline.app.UserError;
import java.util.List;
import java.util.Locale;

/// The clouds that the laboratory has. One more is one more line.
public final class LaboratoryClouds {
    /// In the order in which they are shown.
    public static final List<LaboratoryCloud> ALL =
            List.of(new AliyunLaboratory(), new AwsLaboratory(), new TencentLaboratory());

    private LaboratoryClouds() {}

    /// By its name.
    ///
    /// @throws UserError if there is none of this name
    public static LaboratoryCloud named(String name) {
        return ALL.stream()
                .filter(cloud -> cloud.name().equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new UserError("there is no simulated cloud " + name + "; there is "
                        + String.join(
                                ", ", ALL.stream().map(LaboratoryCloud::name).toList())));
    }
}
