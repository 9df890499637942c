// Copyright the Semantic Hash authors. SPDX-License-Identifier: Apache-2.0
package org.semantichash.plugin.duplicates;

import java.io.IOException;
import java.util.Objects;
import org.elasticsearch.common.io.stream.StreamInput;
import org.elasticsearch.common.io.stream.StreamOutput;
import org.elasticsearch.common.io.stream.Writeable;
import org.semantichash.plugin.wire.Frame;

/**
 * Which document of a group is kept.
 *
 * @param rule how it is chosen
 * @param field the field that the rule compares; null when it compares ids
 */
public record Keep(KeepRule rule, String field) implements Writeable {

  /** Checks that there is a field exactly when the rule needs one. */
  public Keep {
    Objects.requireNonNull(rule, "rule");
    if (rule.needsField() && field == null) {
      throw new IllegalArgumentException("[keep] [" + rule + "] needs a [keep_field]");
    }
    if (rule.needsField() == false && field != null) {
      throw new IllegalArgumentException(
          "[keep] [" + rule + "] takes no [keep_field], got [" + field + "]");
    }
  }

  /** As it was written. */
  public Keep(StreamInput in) throws IOException {
    this(Frame.open(in, "keep"));
  }

  private Keep(Frame body) throws IOException {
    this(body.readEnum(KeepRule.class), body.readOptionalString());
  }

  @Override
  public void writeTo(StreamOutput out) throws IOException {
    Frame.write(
        out,
        body -> {
          body.writeEnum(rule);
          body.writeOptionalString(field);
        });
  }
}
