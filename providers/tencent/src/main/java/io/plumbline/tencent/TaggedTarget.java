package io.plumbline.tencent;

import com.google.gson.annotations.Expose;
import com.google.gson.annotations.SerializedName;
import com.tencentcloudapi.clb.v20180317.models.BatchTarget;
import org.jspecify.annotations.Nullable;

/// A target with the tag that this SDK does not know. `AbstractModel.set`, made for such fields, is not heard on the
/// elements of an array (3.1.1481).
final class TaggedTarget extends BatchTarget {
    @SerializedName("Tag")
    @Expose
    @Nullable
    String tag;
}
