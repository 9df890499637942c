// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.action;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.elasticsearch.action.ActionResponse;
import org.elasticsearch.action.support.TransportAction;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.xcontent.ToXContentObject;
import org.elasticsearch.xcontent.XContentBuilder;

/** A JSON object, for the node that asked. */
public final class Answer extends ActionResponse implements ToXContentObject {

  private final Map<String, Object> fields;

  /** With these fields, in their order. */
  public Answer(Map<String, Object> fields) {
    this.fields = new LinkedHashMap<>(fields);
  }

  /** What Elasticsearch says when something was done. */
  static Answer acknowledged() {
    return new Answer(Map.of("acknowledged", true));
  }

  /** The fields, in their order. */
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
