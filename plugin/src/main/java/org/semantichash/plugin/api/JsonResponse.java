// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.api;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.action.support.TransportAction;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.xcontent.ToXContentObject;
import org.elasticsearch.xcontent.XContentBuilder;

/** A response that is a JSON object. It never leaves the node that was asked. */
public final class JsonResponse extends ActionResponse implements ToXContentObject {

  private final Map<String, Object> fields;

  public JsonResponse(Map<String, Object> fields) {
    this.fields = new LinkedHashMap<>(fields);
  }

  public static JsonResponse acknowledged() {
    return new JsonResponse(Map.of("acknowledged", true));
  }

  /** The fields, in the order they are shown. */
  public Map<String, Object> fields() {
    return fields;
  }

  @Override
  public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
    return builder.map(fields);
  }

  @Override
  public void writeTo(StreamOutput out) {
    TransportAction.localOnly();
  }
}
